using System.Net;
using System.Text.RegularExpressions;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorSendTests
{
    [Fact]
    public async Task A_send_answers_like_Infobip_and_puts_the_code_on_the_phone()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.SendAsync();

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("application/json", reply.MediaType);
        Assert.Matches("^[0-9A-F]{32}$", reply.Member("pinId"));
        Assert.Equal(SimulatorCaller.Number, reply.Member("to"));
        Assert.Equal("NC_DESTINATION_REACHABLE", reply.Member("ncStatus"));
        Assert.Equal("MESSAGE_SENT", reply.Member("smsStatus"));
        Assert.Equal(4, reply.Json.EnumerateObject().Count());
        var message = Assert.Single(caller.Host.Phone.Messages(SimulatorCaller.Number));
        Assert.Matches("^[0-9]{6}$", message.Pin);
        Assert.StartsWith(
            $"{message.Pin} is your Otp2fa security code",
            message.Text,
            StringComparison.Ordinal
        );
        Assert.Equal("Otp2fa", message.Sender);
        Assert.Equal(caller.Clock.GetUtcNow(), message.SentAt);
        Assert.Equal(message.Pin, caller.Host.LatestPin(SimulatorCaller.Number));
    }

    [Fact]
    public async Task Every_answer_has_the_headers_of_Infobips_recorded_answers()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        foreach (
            var reply in new[]
            {
                await caller.SendAsync(),
                await caller.PostSendAsync("{"),
                await caller.GetAsync("nowhere"),
            }
        )
        {
            Assert.Equal("SMS,API", Assert.Single(reply.Headers.GetValues("Server")));
            Assert.Matches("^[0-9]+$", Assert.Single(reply.Headers.GetValues("X-Request-Id")));
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("?ncNeeded=true", true)]
    [InlineData("?ncNeeded=false", false)]
    public async Task Number_lookup_is_reported_unless_declined(string query, bool reported)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.SendAsync(query: query);

        Assert.Equal(reported, reply.Json.TryGetProperty("ncStatus", out _));
    }

    [Fact]
    public async Task A_value_of_ncNeeded_that_is_not_boolean_is_refused()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        (await caller.SendAsync(query: "?ncNeeded=perhaps")).AssertInvalid("ncNeeded");
    }

    [Theory]
    [InlineData("{}", "applicationId,messageId,to")]
    [InlineData("""{"applicationId":" ","messageId":"","to":null}""", "applicationId,messageId,to")]
    [InlineData("""{"applicationId":"a","messageId":"m"}""", "to")]
    [InlineData("""{"applicationId":"a","to":"447700900123"}""", "messageId")]
    [InlineData("""{"messageId":"m","to":"447700900123"}""", "applicationId")]
    public async Task A_missing_or_blank_required_field_is_named(string body, string properties)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.PostSendAsync(body);

        reply.AssertInvalid(properties.Split(','));
        Assert.Equal(0, caller.Host.PinStore.Count);
    }

    [Theory]
    [InlineData("123456", true)]
    [InlineData("123456789012345", true)]
    [InlineData("12345", false)]
    [InlineData("1234567890123456", false)]
    [InlineData("+447700900123", true)]
    [InlineData("++447700900123", false)]
    [InlineData("44 7700 900123", false)]
    [InlineData("0044-7700", false)]
    [InlineData("447700900123\\n", false)]
    [InlineData("٤٤٧٧٠٠٩٠٠", false)]
    public async Task A_number_is_6_to_15_digits_with_at_most_one_plus_sign(
        string to,
        bool accepted
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.SendAsync(to);

        if (accepted)
        {
            Assert.Equal(to.TrimStart('+'), reply.Member("to"));
        }
        else
        {
            reply.AssertInvalid("to");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"applicationId":"a","messageId":"m","to":447700900123}""")]
    [InlineData(
        """{"applicationId":"a","messageId":"m","to":"447700900123","placeholders":{"name":1}}"""
    )]
    public async Task A_body_that_is_no_JSON_of_the_right_types_is_refused(string body)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        (await caller.PostSendAsync(body)).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "BAD_REQUEST"
        );
    }

    [Fact]
    public async Task A_body_of_another_content_type_is_refused()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        using var request = SimulatorCaller.Request("2fa/2/pin", SimulatorCaller.SendBody());
        request.Content!.Headers.ContentType = new("text/plain");

        using var response = await caller.Client.SendAsync(request);

        (await Reply.ReadAsync(response)).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "BAD_REQUEST"
        );
    }

    [Fact]
    public async Task An_oversized_body_is_refused_with_an_envelope()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.PostSendAsync(
            SimulatorCaller.SendBody(more: $",\"x\":\"{new string('x', 70_000)}\"")
        );

        reply.AssertLegacyError(HttpStatusCode.RequestEntityTooLarge, "BAD_REQUEST");
    }

    [Fact]
    public async Task An_unknown_application_or_template_is_a_bad_request()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        foreach (
            var body in new[]
            {
                SimulatorCaller.SendBody(applicationId: "unknown"),
                SimulatorCaller.SendBody(messageId: "unknown"),
            }
        )
        {
            (await caller.PostSendAsync(body)).AssertLegacyError(
                HttpStatusCode.BadRequest,
                "BAD_REQUEST"
            );
        }
    }

    [Fact]
    public async Task A_simulator_that_was_not_seeded_knows_no_application()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorOptions { ApiKey = SimulatorCaller.ApiKey }
        );

        (await caller.SendAsync()).AssertLegacyError(HttpStatusCode.BadRequest, "BAD_REQUEST");

        Assert.Empty(caller.Host.Phone.Messages());
        Assert.Equal(0, caller.Host.PinStore.Count);
    }

    [Fact]
    public async Task A_disabled_application_sends_nothing()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.WithApplication(application => application with { Enabled = false })
        );

        (await caller.SendAsync()).AssertLegacyError(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Fact]
    public async Task Placeholders_fill_the_text_once_and_from_replaces_the_sender()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            WithText("{{name}}, your code: {{pin}}")
        );

        var reply = await caller.PostSendAsync(
            SimulatorCaller.SendBody(
                more: ""","from":"Acme","placeholders":{"name":"{{pin}}"},"unknown":{}"""
            )
        );

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        var message = Assert.Single(caller.Host.Phone.Messages());
        Assert.Equal($"{{{{pin}}}}, your code: {message.Pin}", message.Text);
        Assert.Equal("Acme", message.Sender);
    }

    [Fact]
    public async Task A_placeholder_named_pin_and_one_left_unfilled_are_refused()
    {
        await using var caller = await SimulatorCaller.StartAsync(WithText("{{name}}: {{pin}}"));

        (
            await caller.PostSendAsync(
                SimulatorCaller.SendBody(more: ""","placeholders":{"name":"Ann","pin":"1"}""")
            )
        ).AssertInvalid("placeholders");
        (await caller.SendAsync()).AssertInvalid("placeholders");
    }

    [Fact]
    public async Task An_external_message_id_is_given_only_to_those_who_track_delivery()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var tracked = await caller.PostSendAsync(
            SimulatorCaller.SendBody(more: ",\"trackDelivery\":true")
        );

        Assert.NotNull(tracked.Member("externalMessageId"));
        Assert.Null((await caller.SendAsync()).Member("externalMessageId"));
    }

    [Fact]
    public async Task The_limit_per_number_refuses_the_next_until_the_period_is_over()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.Configured(rules =>
                rules with
                {
                    SendPinPerPhoneNumberLimit = RateLimit.Parse("2/1m"),
                }
            )
        );
        await caller.SentPinIdAsync();
        await caller.SentPinIdAsync("+" + SimulatorCaller.Number);

        var third = await caller.SendAsync();
        await caller.SentPinIdAsync("447700900456");
        caller.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        var early = await caller.SendAsync();
        caller.Clock.Advance(TimeSpan.FromTicks(1));
        var inTime = await caller.SendAsync();

        third.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        Assert.False(third.Headers.Contains("Retry-After"));
        early.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        Assert.Equal(HttpStatusCode.OK, inTime.Status);
        Assert.Equal(2, caller.Host.Calls.Count(InfobipOperation.SendPin, CallOutcome.Throttled));
        Assert.Equal(3, caller.Host.Phone.Messages(SimulatorCaller.Number).Count);
    }

    [Fact]
    public async Task The_limit_per_application_counts_all_numbers()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.Configured(rules =>
                rules with
                {
                    SendPinPerApplicationLimit = RateLimit.Parse("2/h"),
                }
            )
        );
        await caller.SentPinIdAsync("447700900001");
        await caller.SentPinIdAsync("447700900002");

        var third = await caller.SendAsync("447700900003");

        third.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
    }

    [Fact]
    public async Task Retry_After_tells_whole_seconds_when_asked_to()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.Configured(rules =>
                rules with
                {
                    SendPinPerPhoneNumberLimit = RateLimit.Parse("1/1m"),
                }
            ) with
            {
                TellRetryAfter = true,
            }
        );
        await caller.SentPinIdAsync();
        caller.Clock.Advance(TimeSpan.FromSeconds(12.5));

        var throttled = await caller.SendAsync();

        Assert.Equal(TimeSpan.FromSeconds(48), throttled.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Parallel_sends_pass_exactly_as_many_as_the_limit_allows()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => caller.SendAsync()));

        Assert.Equal(12, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.Equal(28, replies.Count(reply => reply.Status == HttpStatusCode.TooManyRequests));
        Assert.Equal(12, caller.Host.PinStore.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("App wrong")]
    [InlineData("App")]
    [InlineData("App  " + SimulatorCaller.ApiKey)]
    [InlineData("app " + SimulatorCaller.ApiKey)]
    [InlineData("APP " + SimulatorCaller.ApiKey)]
    [InlineData("Bearer " + SimulatorCaller.ApiKey)]
    [InlineData(SimulatorCaller.ApiKey)]
    public async Task Any_authorization_but_the_exact_one_is_unauthorized(string? authorization)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var send = await caller.PostAsync("2fa/2/pin", SimulatorCaller.SendBody(), authorization);
        var verify = await caller.PostAsync("2fa/2/pin/1/verify", "{}", authorization);

        send.AssertLegacyError(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        verify.AssertLegacyError(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        Assert.Equal(
            1,
            caller.Host.Calls.Count(InfobipOperation.SendPin, CallOutcome.Unauthorized)
        );
        Assert.Empty(caller.Host.Phone.Messages());
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_method_are_not_found()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        (await caller.PostAsync("2fa/1/pin", "{}")).AssertLegacyError(
            HttpStatusCode.NotFound,
            "NOT_FOUND"
        );
        (await caller.GetAsync("2fa/2/pin")).AssertLegacyError(
            HttpStatusCode.NotFound,
            "NOT_FOUND"
        );
        (await caller.GetAsync("file.txt")).AssertLegacyError(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Errors_come_in_the_platform_form_when_asked_to()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.Seeded with
            {
                ErrorEnvelope = ErrorEnvelope.Platform,
            }
        );

        var invalid = await caller.PostSendAsync("""{"applicationId":"a","messageId":"m"}""");
        var unauthorized = await caller.PostAsync("2fa/2/pin", "{}", authorization: null);
        var unknown = await caller.GetAsync("nowhere");

        Assert.Equal(HttpStatusCode.BadRequest, invalid.Status);
        Assert.Equal("E400", invalid.Member("errorCode"));
        Assert.NotNull(invalid.Member("description"));
        Assert.NotNull(invalid.Member("action"));
        var violation = Assert.Single(invalid.Json.GetProperty("violations").EnumerateArray());
        Assert.Equal("to", violation.GetProperty("property").GetString());
        Assert.Equal("must not be blank", violation.GetProperty("violation").GetString());
        Assert.Equal(0, invalid.Json.GetProperty("resources").GetArrayLength());
        Assert.Equal("E401", unauthorized.Member("errorCode"));
        Assert.Equal("E404", unknown.Member("errorCode"));
    }

    [Fact]
    public void Generated_pins_have_the_length_and_letters_of_their_type_and_may_begin_with_zero()
    {
        var numeric = Enumerable
            .Range(0, 2000)
            .Select(_ => PinGenerator.NewPin(PinType.Numeric, 6))
            .ToList();

        Assert.All(
            numeric,
            pin =>
                Assert.Matches(
                    new Regex("^[0-9]{6}$", RegexOptions.None, TimeSpan.FromSeconds(1)),
                    pin
                )
        );
        Assert.Contains(numeric, pin => pin.StartsWith('0'));
        Assert.Matches("^[A-Z]{8}$", PinGenerator.NewPin(PinType.Alpha, 8));
        Assert.Matches("^[0-9A-F]{8}$", PinGenerator.NewPin(PinType.Hex, 8));
        Assert.Matches("^[0-9A-Z]{8}$", PinGenerator.NewPin(PinType.Alphanumeric, 8));
    }

    private static SimulatorOptions WithText(string text) =>
        SimulatorCaller.WithApplication(application =>
            application with
            {
                Templates = [application.Templates[0] with { MessageText = text }],
            }
        );
}
