using System.Text.RegularExpressions;
using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Infobip;

[Trait("Covers", "R34")]
public sealed partial class RequestTests
{
    private const string SentBody = """{"pinId":"CANARYPIN2F9A61D0","smsStatus":"MESSAGE_SENT"}""";

    [Fact]
    public async Task Given_a_number_When_a_PIN_is_asked_for_Then_exactly_the_documented_request_goes_out()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(200, SentBody));
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.SendAsync();

        var request = Assert.Single(upstream.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/2fa/2/pin?ncNeeded=true", request.Target);
        Assert.Equal(
            """{"applicationId":"APP/1","messageId":"MSG-1","to":"447700900123"}""",
            request.Body
        );
    }

    [Fact]
    public async Task Given_no_look_up_and_a_sender_When_a_PIN_is_asked_for_Then_the_request_says_both()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(200, SentBody));
        await using var infobip = new InfobipSetup(
            upstream.Address,
            options =>
            {
                options.NumberLookup = false;
                options.From = "ACME";
            }
        );

        await infobip.SendAsync();

        var request = Assert.Single(upstream.Requests);
        Assert.Equal("/2fa/2/pin?ncNeeded=false", request.Target);
        Assert.Equal(
            """{"applicationId":"APP/1","messageId":"MSG-1","to":"447700900123","from":"ACME"}""",
            request.Body
        );
    }

    [Fact]
    public async Task Given_a_call_and_a_resend_in_either_way_Then_exactly_the_documented_requests_go_out()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(200, SentBody));
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.SendAsync(PinChannel.Voice);
        await infobip.ResendAsync();
        await infobip.ResendAsync(channel: PinChannel.Voice);

        Assert.Equal(
            [
                (
                    "POST",
                    "/2fa/2/pin/voice",
                    """{"applicationId":"APP/1","messageId":"MSG-1","to":"447700900123"}"""
                ),
                ("POST", "/2fa/2/pin/CANARYPIN2F9A61D0/resend", "{}"),
                ("POST", "/2fa/2/pin/CANARYPIN2F9A61D0/resend/voice", "{}"),
            ],
            upstream.Requests.Select(request => (request.Method, request.Target, request.Body))
        );
    }

    [Fact]
    public async Task Given_a_PIN_with_a_leading_zero_When_it_is_checked_Then_it_travels_alone_and_as_text()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, """{"verified":true}""")
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.VerifyAsync();

        var request = Assert.Single(upstream.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/2fa/2/pin/CANARYPIN2F9A61D0/verify", request.Target);
        Assert.Equal("""{"pin":"012345"}""", request.Body);
    }

    [Fact]
    public async Task Given_any_call_When_it_goes_out_Then_its_headers_are_these_and_no_others()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(200, SentBody));
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.SendAsync();

        var request = Assert.Single(upstream.Requests);
        Assert.Equal($"App {InfobipSetup.ApiKey}", request.Header("Authorization"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Matches(UserAgent(), request.Header("User-Agent")!);
        Assert.Equal(
            ["Accept", "Authorization", "Content-Length", "Content-Type", "Host", "User-Agent"],
            request.Headers.Select(h => h.Name).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("../applications")]
    [InlineData("a/../..")]
    [InlineData("...")]
    [InlineData("a?b=c")]
    [InlineData("a#b")]
    [InlineData("%2e%2e")]
    [InlineData("%2F%41%")]
    [InlineData("..%2f")]
    [InlineData("a\\b")]
    [InlineData("a b+c&d;e=f@g:h")]
    [InlineData("\"<>^`{|}[]")]
    [InlineData("\u00fc\u4e2d\ud83d\ude00")]
    [InlineData("a\u200eb\u202ec")]
    [InlineData(" ")]
    [InlineData("~!*'()_-.")]
    public async Task Given_a_pinId_of_any_characters_When_it_is_checked_Then_it_arrives_as_one_path_segment(
        string pinId
    )
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, """{"verified":true}""")
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.VerifyAsync(pinId);

        var segments = Assert.Single(upstream.Requests).Target.Split('/');
        Assert.Equal(["", "2fa", "2", "pin"], segments[..4]);
        Assert.Equal(pinId, Uri.UnescapeDataString(segments[4]));
        Assert.DoesNotContain(segments[4], c => c is '?' or '#' or '\\' or ' ');
        Assert.Equal(["verify"], segments[5..]);
        Assert.Equal(PinVerifyStatus.Verified, answer.Status);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\r\nb")]
    [InlineData("a\u0085b")]
    public async Task Given_a_pinId_that_no_send_answered_When_it_is_checked_Then_nothing_goes_out(
        string pinId
    )
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, """{"verified":true}""")
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.VerifyAsync(pinId);

        Assert.Equal(PinVerifyStatus.UnknownPin, answer.Status);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Given_a_pinId_of_200_characters_When_it_is_checked_Then_it_goes_out_and_201_do_not()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, """{"verified":true}""")
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var longest = await infobip.VerifyAsync(new string('\u4e2d', 200));
        var tooLong = await infobip.VerifyAsync(new string('a', 201));

        Assert.Equal(PinVerifyStatus.Verified, longest.Status);
        Assert.Equal(PinVerifyStatus.UnknownPin, tooLong.Status);
        Assert.Single(upstream.Requests);
    }

    [GeneratedRegex(@"^Otp2fa/\d+\.\d+\.\d+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserAgent();
}
