using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Infobip;

public sealed class SendAnswerTests
{
    [Theory]
    // The documented answer, and everything about it that may differ.
    [InlineData(
        200,
        """{"pinId":"P","to":"447700900123","ncStatus":"NC_DESTINATION_REACHABLE","smsStatus":"MESSAGE_SENT"}"""
    )]
    [InlineData(201, """{"pinId":"P","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData(200, """{"pinId":"P","smsStatus":"MESSAGE_QUEUED_SOMEHOW"}""")]
    [InlineData(200, """{"pinId":"P"}""")]
    [InlineData(200, """{"pinId":"P","to":null,"ncStatus":null,"smsStatus":null}""")]
    [InlineData(200, """{"pinId":"P","to":447700900123,"smsStatus":"MESSAGE_SENT"}""")]
    [InlineData(200, """{"pinId":"P","to":"+447700900123","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData(200, """{"pinId":"P","ncStatus":"NC_NOT_CONFIGURED","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData(
        200,
        """{"pinId":"P","ncStatus":"NC_DESTINATION_UNKNOWN","smsStatus":"MESSAGE_SENT"}"""
    )]
    [InlineData(200, """{"pinId":"P","smsStatus":{"name":"SENT"}}""")]
    [InlineData(
        200,
        """{"pinId":"P","smsStatus":"MESSAGE_SENT","externalMessageId":"x","new":{"a":[1,{"b":2}]}}"""
    )]
    public async Task Given_an_accepted_message_When_a_PIN_is_asked_for_Then_it_is_sent(
        int status,
        string body
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(status, body));

        Assert.Equal(new PinSendAnswer(PinSendStatus.Sent, "P"), answer);
    }

    [Theory]
    [InlineData("""{"pinId":"P","smsStatus":"MESSAGE_NOT_SENT"}""")]
    [InlineData("""{"smsStatus":"MESSAGE_NOT_SENT"}""")]
    [InlineData("""{"pinId":"P","ncStatus":"NC_DESTINATION_NOT_REACHABLE"}""")]
    [InlineData("""{"pinId":"P","ncStatus":"NC_NOT_REACHABLE","smsStatus":"MESSAGE_NOT_SENT"}""")]
    [InlineData(
        """{"pinId":"P","ncStatus":"NC_DESTINATION_NOT_REACHABLE","smsStatus":"MESSAGE_SENT"}"""
    )]
    public async Task Given_a_number_out_of_reach_When_a_PIN_is_asked_for_Then_it_is_undeliverable(
        string body
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(200, body));

        Assert.Equal(new PinSendAnswer(PinSendStatus.Undeliverable), answer);
    }

    [Theory]
    [InlineData(400, PinSendStatus.Rejected)]
    [InlineData(401, PinSendStatus.Misconfigured)]
    [InlineData(403, PinSendStatus.Misconfigured)]
    [InlineData(404, PinSendStatus.Rejected)]
    [InlineData(407, PinSendStatus.Misconfigured)]
    [InlineData(408, PinSendStatus.Unavailable)]
    [InlineData(409, PinSendStatus.Rejected)]
    [InlineData(422, PinSendStatus.Rejected)]
    [InlineData(429, PinSendStatus.Throttled)]
    [InlineData(301, PinSendStatus.Unavailable)]
    [InlineData(304, PinSendStatus.Unavailable)]
    [InlineData(500, PinSendStatus.Unavailable)]
    [InlineData(502, PinSendStatus.Unavailable)]
    [InlineData(503, PinSendStatus.Unavailable)]
    public async Task Given_a_refusal_When_a_PIN_is_asked_for_Then_the_HTTP_status_decides_whatever_the_body(
        int status,
        PinSendStatus expected
    )
    {
        foreach (var script in ErrorBodies.Of(status))
        {
            var answer = await AskAsync(script);

            Assert.Equal(new PinSendAnswer(expected), answer);
        }
    }

    [Theory]
    [InlineData("""{"smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":null,"smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":"","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":".","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":"..","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":"a\nb","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":"a\u0000","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":["P"],"smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":true,"smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"PinId":"P","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"requestError":{"serviceException":{"messageId":"BAD_REQUEST"}}}""")]
    public async Task Given_no_usable_pinId_When_a_PIN_is_asked_for_Then_the_answer_is_not_understood(
        string body
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(200, body));

        Assert.Equal(new PinSendAnswer(PinSendStatus.Unavailable), answer);
    }

    [Fact]
    public async Task Given_a_pinId_of_200_characters_Then_it_is_taken_and_one_of_201_is_not()
    {
        var longest = new string('a', 200);

        var taken = await AskAsync(UpstreamScripts.Json(200, $$"""{"pinId":"{{longest}}"}"""));
        var refused = await AskAsync(UpstreamScripts.Json(200, $$"""{"pinId":"{{longest}}b"}"""));

        Assert.Equal(new PinSendAnswer(PinSendStatus.Sent, longest), taken);
        Assert.Equal(new PinSendAnswer(PinSendStatus.Unavailable), refused);
    }

    [Fact]
    public async Task Given_a_pinId_that_is_a_number_Then_its_digits_are_taken()
    {
        var answer = await AskAsync(UpstreamScripts.Json(200, """{"pinId":1234567}"""));

        Assert.Equal(new PinSendAnswer(PinSendStatus.Sent, "1234567"), answer);
    }

    [Theory]
    [InlineData("\"447700900124\"")]
    [InlineData("447700900124")]
    [InlineData("\"\"")]
    [InlineData("4.47700900123e11")]
    [InlineData("[\"447700900123\"]")]
    [InlineData("{}")]
    [InlineData("true")]
    public async Task Given_an_answer_for_another_number_When_a_PIN_is_asked_for_Then_it_is_not_believed(
        string to
    )
    {
        var answer = await AskAsync(
            UpstreamScripts.Json(200, $$"""{"pinId":"P","to":{{to}},"smsStatus":"MESSAGE_SENT"}""")
        );

        Assert.Equal(new PinSendAnswer(PinSendStatus.Unavailable), answer);
    }

    [Theory]
    [InlineData("Retry-After: 30")]
    [InlineData("Retry-After: Wed, 21 Oct 2026 07:28:00 GMT")]
    [InlineData("Retry-After: soon")]
    public async Task Given_a_limit_with_a_wait_When_a_PIN_is_asked_for_Then_it_is_throttled_and_not_tried_again(
        string retryAfter
    )
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(429, "{}", retryAfter)
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.SendAsync();

        Assert.Equal(PinSendStatus.Throttled, answer.Status);
        Assert.Single(upstream.Requests);
    }

    private static async Task<PinSendAnswer> AskAsync(UpstreamScript script)
    {
        await using var upstream = new ScriptedUpstream(script);
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.SendAsync();

        Assert.Single(upstream.Requests);
        return answer;
    }
}
