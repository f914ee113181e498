using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Units.Infobip;

[Trait("Covers", "R41")]
public sealed class LogTests
{
    private const string BodyCanary = "CANARYBODY";

    /// <summary>Operation, status, body, and what the one log entry must be.</summary>
    public static TheoryData<string, int, string, int, LogLevel, string> Entries =>
        new()
        {
            {
                "send",
                200,
                """{"pinId":"P9","smsStatus":"MESSAGE_SENT"}""",
                3000,
                LogLevel.Information,
                "Infobip send for number ending 23: Sent. HTTP 200, code MESSAGE_SENT,"
            },
            {
                "verify",
                200,
                """{"verified":true}""",
                3000,
                LogLevel.Information,
                "Infobip verify for number ending 23: Verified. HTTP 200, code none,"
            },
            {
                "verify",
                200,
                """{"verified":false,"pinError":"WRONG_PIN"}""",
                3000,
                LogLevel.Information,
                "Infobip verify for number ending 23: WrongPin. HTTP 200, code WRONG_PIN,"
            },
            {
                "verify",
                404,
                """{"requestError":{"serviceException":{"messageId":"PIN_NOT_FOUND"}}}""",
                3000,
                LogLevel.Information,
                "Infobip verify for number ending 23: UnknownPin. HTTP 404, code PIN_NOT_FOUND,"
            },
            {
                "send",
                429,
                """{"errorCode":"E429"}""",
                3001,
                LogLevel.Warning,
                "hit a limit of Infobip. HTTP 429, code E429,"
            },
            {
                "verify",
                429,
                """{"requestError":{"serviceException":{"messageId":"TOO_MANY_REQUESTS"}}}""",
                3001,
                LogLevel.Warning,
                "hit a limit of Infobip. HTTP 429, code TOO_MANY_REQUESTS,"
            },
            {
                "send",
                200,
                """{"smsStatus":"MESSAGE_NOT_SENT","ncStatus":"NC_NOT_REACHABLE"}""",
                3002,
                LogLevel.Warning,
                "the message will not reach it. HTTP 200, code NC_NOT_REACHABLE,"
            },
            {
                "send",
                400,
                """{"requestError":{"serviceException":{"messageId":"BAD_REQUEST"}}}""",
                3003,
                LogLevel.Error,
                "was refused as wrong: check Infobip:ApplicationId and Infobip:MessageId, or the number is one Infobip does not take. HTTP 400, code BAD_REQUEST,"
            },
            {
                "verify",
                400,
                """{"requestError":{"policyException":{"messageId":"POL0001"}}}""",
                3003,
                LogLevel.Error,
                "was refused as wrong: check Infobip:ApplicationId and Infobip:MessageId, or the number is one Infobip does not take. HTTP 400, code POL0001,"
            },
            {
                "send",
                403,
                """{"requestError":{"serviceException":{"messageId":"UNAUTHORIZED"}}}""",
                3004,
                LogLevel.Error,
                "was not authorized: check Infobip:ApiKey, its scopes and Infobip:BaseUrl. HTTP 403, code UNAUTHORIZED,"
            },
            {
                "verify",
                503,
                """{"requestError":{"serviceException":{"messageId":"0"}}}""",
                3005,
                LogLevel.Error,
                "fault None, none none. HTTP 503, code 0,"
            },
            {
                "send",
                200,
                "<html>",
                3005,
                LogLevel.Error,
                "fault None, none none. HTTP 200, code none,"
            },
            {
                "send",
                200,
                """{"pinId":"P","to":"447700900124"}""",
                3006,
                LogLevel.Error,
                "was answered for another PIN or number, and is not believed. HTTP 200,"
            },
            {
                "verify",
                200,
                """{"verified":true,"pinId":"CANARYPIN2F9A61D1"}""",
                3006,
                LogLevel.Error,
                "was answered for another PIN or number, and is not believed. HTTP 200,"
            },
            {
                "verify",
                200,
                """{"verified":true,"pinError":"WRONG_PIN"}""",
                3007,
                LogLevel.Error,
                "as verified and as failed at once, and is not believed. HTTP 200, code WRONG_PIN,"
            },
        };

    [Theory]
    [MemberData(nameof(Entries))]
    public async Task Given_an_answer_When_called_Then_one_entry_tells_it_with_its_own_id_and_level(
        string operation,
        int status,
        string body,
        int eventId,
        LogLevel level,
        string text
    )
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(status, body, "X-Request-Id: 1785751160123")
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        await CallAsync(infobip, operation);

        var entry = Assert.Single(infobip.Logs.From<InfobipPinProvider>());
        Assert.Equal(eventId, entry.Event.Id);
        Assert.Equal(level, entry.Level);
        Assert.StartsWith($"Infobip {operation} for number ending 23", entry.Text);
        Assert.Contains(text, entry.Text, StringComparison.Ordinal);
        Assert.Contains("request 1785751160123, ", entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_refused_connection_When_called_Then_the_kind_of_error_is_told_and_not_its_text()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.HangUp());
        await upstream.StopAsync();
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.VerifyAsync();

        var entry = Assert.Single(infobip.Logs.From<InfobipPinProvider>());
        Assert.Equal(3005, entry.Event.Id);
        Assert.Contains(
            "fault Connection, SocketException ConnectionError. HTTP 0, code none, request none, ",
            entry.Text,
            StringComparison.Ordinal
        );
        AssertSilent(infobip, upstream);
    }

    [Theory]
    [InlineData("no headers", "fault Timeout, ")]
    [InlineData("dripping body", "fault Timeout, ")]
    public async Task Given_a_slow_far_end_When_called_Then_the_time_out_is_told(
        string fault,
        string text
    )
    {
        await using var upstream = new ScriptedUpstream(UpstreamFaults.Slow[fault]);
        await using var infobip = new InfobipSetup(
            upstream.Address,
            o => o.Timeout = TimeSpan.FromMilliseconds(300)
        );

        await infobip.SendAsync();
        await infobip.VerifyAsync();

        Assert.All(
            infobip.Logs.From<InfobipPinProvider>(),
            e => Assert.Contains(text, e.Text, StringComparison.Ordinal)
        );
        AssertSilent(infobip, upstream);
    }

    [Theory]
    [InlineData("cut body", "fault Cut, ")]
    [InlineData("announced oversize", "fault Oversized, ")]
    [InlineData("endless chunks", "fault Oversized, ")]
    [InlineData("hangs up", "fault Connection, ")]
    public async Task Given_a_broken_answer_When_called_Then_the_kind_of_break_is_told(
        string fault,
        string text
    )
    {
        await using var upstream = new ScriptedUpstream(UpstreamFaults.Quick[fault]);
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.VerifyAsync();

        var entry = Assert.Single(infobip.Logs.From<InfobipPinProvider>());
        Assert.Contains(text, entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_an_unusable_pinId_When_checked_Then_the_refusal_is_told_without_it()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.HangUp());
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.VerifyAsync("CANARYPIN2F9A61D0\n");

        var entry = Assert.Single(infobip.Logs.Entries);
        Assert.Equal(3008, entry.Event.Id);
        Assert.Equal(LogLevel.Error, entry.Level);
        AssertSilent(infobip, upstream);
    }

    [Fact]
    public async Task Given_any_fault_and_any_error_When_called_Then_nothing_secret_is_logged_at_any_level()
    {
        var scripts = UpstreamFaults
            .Quick.Values.Concat(UpstreamFaults.Slow.Values)
            .Concat(new[] { 302, 400, 401, 403, 404, 429, 500 }.SelectMany(ErrorBodies.Of))
            .Append(UpstreamScripts.Json(200, UpstreamFaults.Good));
        foreach (var script in scripts)
        {
            await using var upstream = new ScriptedUpstream(script);
            await using var infobip = new InfobipSetup(
                upstream.Address,
                o => o.Timeout = TimeSpan.FromMilliseconds(500)
            );

            await infobip.SendAsync();
            await infobip.VerifyAsync();

            Assert.Equal(2, infobip.Logs.Entries.Count);
            AssertSilent(infobip, upstream);
        }
    }

    [Theory]
    [InlineData("CANARYPIN2F9A61D0")]
    [InlineData("xCANARYPIN2F9A61D0x")]
    [InlineData("012345")]
    [InlineData("447700900123")]
    [InlineData("CANARYBODY with words")]
    [InlineData("CANARYBODY-1")]
    [InlineData("CANARYBODY\\r\\nforged line")]
    [InlineData("CANARYBODYaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Given_a_far_end_that_repeats_what_it_was_told_When_called_Then_the_log_does_not(
        string echo
    )
    {
        string[] bodies =
        [
            $$$$"""{"requestError":{"serviceException":{"messageId":"{{{{echo}}}}","text":"CANARYBODY"}}}""",
            $$"""{"errorCode":"{{echo}}"}""",
            $$"""{"verified":false,"pinError":"{{echo}}","pinId":"CANARYPIN2F9A61D0","smsStatus":"{{echo}}"}""",
            $$"""{"verified":true,"pinError":"{{echo}}","smsStatus":"MESSAGE_NOT_SENT","ncStatus":"{{echo}}"}""",
        ];
        foreach (var status in (int[])[200, 400, 401, 404, 429, 500])
        {
            foreach (var body in bodies)
            {
                await using var upstream = new ScriptedUpstream(
                    UpstreamScripts.Json(status, body, $"X-Request-Id: {echo}")
                );
                await using var infobip = new InfobipSetup(upstream.Address);

                // A send knows no pinId or PIN, so it cannot tell that a word is one.
                if (echo.StartsWith(BodyCanary, StringComparison.Ordinal))
                {
                    await infobip.SendAsync();
                }

                await infobip.VerifyAsync();

                Assert.All(
                    infobip.Logs.From<InfobipPinProvider>(),
                    e => Assert.Contains("request none", e.Text, StringComparison.Ordinal)
                );
                AssertSilent(infobip, upstream);
            }
        }
    }

    [Fact]
    public async Task Given_a_send_whose_request_id_is_the_new_pinId_When_logged_Then_it_is_left_out()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(
                200,
                """{"pinId":"2F9A61D0C7B84E53","smsStatus":"X2F9A61D0C7B84E53"}""",
                "X-Request-Id: 2F9A61D0C7B84E53"
            )
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.SendAsync();

        Assert.DoesNotContain(infobip.Logs.Entries, e => e.Text.Contains("2F9A61D0C7B84E53"));
    }

    [Fact]
    public async Task Given_a_listener_for_traces_When_called_Then_no_activity_carries_the_pinId()
    {
        var tags = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                foreach (var (name, value) in activity.TagObjects)
                {
                    tags.Enqueue($"{name}={value}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, UpstreamFaults.Good)
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.VerifyAsync("CANARYTRACE");

        Assert.DoesNotContain(tags, t => t.Contains("CANARYTRACE", StringComparison.Ordinal));
        var request = Assert.Single(upstream.Requests);
        Assert.Null(request.Header("traceparent"));
    }

    [Theory]
    [InlineData("E429", "E429")]
    [InlineData("0", "0")]
    [InlineData("a_b", "a_b")]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("a b", null)]
    [InlineData("a-b", null)]
    [InlineData("\u0661", null)]
    [InlineData(
        "1234567890123456789012345678901234567890",
        "1234567890123456789012345678901234567890"
    )]
    [InlineData("12345678901234567890123456789012345678901", null)]
    public void Given_an_identifier_When_cleaned_Then_only_a_short_plain_one_is_left(
        string? text,
        string? cleaned
    ) => Assert.Equal(cleaned, LogText.Code(text));

    [Fact]
    public void Given_a_request_id_When_cleaned_Then_64_digits_are_left_and_65_or_other_characters_are_not()
    {
        Assert.Equal(new string('f', 64), LogText.RequestId(new string('f', 64)));
        Assert.Null(LogText.RequestId(new string('1', 65)));
        Assert.Null(LogText.RequestId("12g"));
        Assert.Null(LogText.RequestId("1 2"));
        Assert.Null(LogText.RequestId(""));
    }

    [Fact]
    public void Given_wire_records_When_printed_Then_they_show_nothing()
    {
        object[] printed =
        [
            new PinSendRequest("a", "m", InfobipSetup.Digits, null),
            new PinVerifyRequest(InfobipSetup.Pin),
            new PinSendResponse { PinId = new WireText(InfobipSetup.PinId) },
            new PinVerifyResponse { Msisdn = new WireText(InfobipSetup.Digits) },
            new WireText(InfobipSetup.PinId),
            new ErrorResponse { ErrorCode = new WireText(InfobipSetup.PinId) },
        ];

        Assert.All(
            printed,
            p =>
                Assert.DoesNotContain(
                    Secrets,
                    s => p.ToString()!.Contains(s, StringComparison.Ordinal)
                )
        );
    }

    private static readonly string[] Secrets =
    [
        InfobipSetup.ApiKey,
        InfobipSetup.PinId,
        InfobipSetup.OtherPinId,
        InfobipSetup.Pin,
        InfobipSetup.Digits,
        InfobipSetup.OtherDigits,
        "CANARY",
        "/2fa",
        "http:",
        "requestError",
        "<html",
    ];

    private static void AssertSilent(InfobipSetup infobip, ScriptedUpstream upstream)
    {
        string[] secrets = [.. Secrets, upstream.Address.Authority];
        foreach (var entry in infobip.Logs.Entries)
        {
            Assert.All(
                secrets,
                s => Assert.DoesNotContain(s, entry.Text, StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    private static Task CallAsync(InfobipSetup infobip, string operation) =>
        operation == "send" ? infobip.SendAsync() : infobip.VerifyAsync();
}
