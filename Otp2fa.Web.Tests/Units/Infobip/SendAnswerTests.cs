using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Infobip;

[Trait("Covers", "T28")]
public sealed class SendAnswerTests
{
    [Theory]
    // The documented answer, and everything about it that may differ.
    [InlineData(
        200,
        """{"pinId":"P","to":"447700900123","ncStatus":"NC_DESTINATION_REACHABLE","smsStatus":"MESSAGE_SENT"}"""
    )]
    [InlineData(201, """{"pinId":"P","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData(299, """{"pinId":"P","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData(200, """{"pinId":"P","smsStatus":"MESSAGE_QUEUED_SOMEHOW"}""")]
    [InlineData(200, """{"pinId":"P"}""")]
    [InlineData(200, """{"pinId":"P","to":null,"ncStatus":null,"smsStatus":null}""")]
    [InlineData(200, """{"pinId":"P","to":447700900123,"smsStatus":"MESSAGE_SENT"}""")]
    [InlineData(200, """{"pinId":"P","to":"+447700900123","smsStatus":"MESSAGE_SENT"}""")]
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

    [Fact]
    public async Task An_account_without_number_lookup_is_no_obstacle_and_is_told()
    {
        var answer = await AskAsync(
            UpstreamScripts.Json(200, """{"pinId":"P","ncStatus":"NC_NOT_CONFIGURED"}""")
        );

        Assert.Equal(new PinSendAnswer(PinSendStatus.Sent, "P", LacksLookup: true), answer);
    }

    [Theory]
    [InlineData("""{"pinId":"P","smsStatus":"MESSAGE_NOT_SENT"}""", PinSendStatus.NotSent)]
    [InlineData("""{"smsStatus":"MESSAGE_NOT_SENT"}""", PinSendStatus.NotSent)]
    [InlineData("""{"pinId":"P","callStatus":"BAD_REQUEST"}""", PinSendStatus.NotSent)]
    [InlineData("""{"pinId":"P","callStatus":"MESSAGE_NOT_SENT"}""", PinSendStatus.NotSent)]
    [InlineData(
        """{"pinId":"P","ncStatus":"NC_DESTINATION_NOT_REACHABLE"}""",
        PinSendStatus.Unreachable
    )]
    [InlineData(
        """{"pinId":"P","ncStatus":"NC_NOT_REACHABLE","smsStatus":"MESSAGE_NOT_SENT"}""",
        PinSendStatus.Unreachable
    )]
    [InlineData(
        """{"pinId":"P","ncStatus":"NC_DESTINATION_NOT_REACHABLE","smsStatus":"MESSAGE_SENT"}""",
        PinSendStatus.Unreachable
    )]
    public async Task Given_a_message_that_does_not_go_out_When_a_PIN_is_asked_for_Then_the_reason_is_told(
        string body,
        PinSendStatus expected
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(200, body));

        Assert.Equal(new PinSendAnswer(expected), answer);
    }

    [Theory]
    [InlineData(
        400,
        """{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","validationErrors":{"to":["must not be blank"]}}}}""",
        PinSendStatus.NumberRefused
    )]
    [InlineData(
        400,
        """{"errorCode":"E400","description":"x","action":"y","violations":[{"property":"to","violation":"z"}],"resources":[]}""",
        PinSendStatus.NumberRefused
    )]
    [InlineData(
        404,
        """{"requestError":{"serviceException":{"messageId":"NOT_FOUND","validationErrors":{"to":"unknown"}}}}""",
        PinSendStatus.NumberRefused
    )]
    [InlineData(
        400,
        """{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","validationErrors":{"applicationId":["unknown"]}}}}""",
        PinSendStatus.Rejected
    )]
    [InlineData(
        400,
        """{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","validationErrors":["to"]}}}""",
        PinSendStatus.Rejected
    )]
    [InlineData(
        400,
        """{"errorCode":"E400","violations":[{"property":7},"to",{"property":"from"}]}""",
        PinSendStatus.Rejected
    )]
    [InlineData(499, """{"errorCode":"E499"}""", PinSendStatus.Rejected)]
    [InlineData(
        400,
        """{"errorCode":"E400","violations":{"property":"to"}}""",
        PinSendStatus.Rejected
    )]
    public async Task Given_a_request_refused_as_wrong_When_it_is_about_the_number_Then_it_is_the_number(
        int status,
        string body,
        PinSendStatus expected
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(status, body));

        Assert.Equal(new PinSendAnswer(expected), answer);
    }

    [Theory]
    [InlineData("""{"pinId":"CANARYPIN2F9A61D0","smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"smsStatus":"MESSAGE_SENT"}""")]
    [InlineData("""{"pinId":"CANARYPIN2F9A61D0","callStatus":"PENDING_ACCEPTED"}""")]
    [InlineData("""{}""")]
    public async Task Given_an_accepted_resend_Then_it_is_the_same_PIN(string body)
    {
        foreach (var channel in Enum.GetValues<PinChannel>())
        {
            await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(200, body));
            await using var infobip = new InfobipSetup(upstream.Address);

            Assert.Equal(
                new PinSendAnswer(PinSendStatus.Sent, InfobipSetup.PinId),
                await infobip.ResendAsync(channel: channel)
            );
            Assert.Single(upstream.Requests);
        }
    }

    [Theory]
    [InlineData(200, """{"pinId":"CANARYPIN2F9A61D1"}""", PinSendStatus.Unavailable)]
    [InlineData(200, """{"pinId":7}""", PinSendStatus.Unavailable)]
    [InlineData(200, """{"pinId":["x"]}""", PinSendStatus.Unavailable)]
    [InlineData(200, """{"to":"447700900124"}""", PinSendStatus.Unavailable)]
    [InlineData(
        404,
        """{"requestError":{"serviceException":{"messageId":"NOT_FOUND"}}}""",
        PinSendStatus.UnknownPin
    )]
    [InlineData(404, "", PinSendStatus.UnknownPin)]
    [InlineData(400, "{}", PinSendStatus.Rejected)]
    public async Task Given_a_resend_that_went_wrong_Then_it_is_told_and_never_sent_again(
        int status,
        string body,
        PinSendStatus expected
    )
    {
        foreach (var channel in Enum.GetValues<PinChannel>())
        {
            await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(status, body));
            await using var infobip = new InfobipSetup(upstream.Address);

            Assert.Equal(new PinSendAnswer(expected), await infobip.ResendAsync(channel: channel));
            Assert.Single(upstream.Requests);
        }
    }

    [Fact]
    public async Task Given_an_unusable_pinId_a_resend_asks_nobody()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.HangUp());
        await using var infobip = new InfobipSetup(upstream.Address);

        Assert.Equal(
            new PinSendAnswer(PinSendStatus.UnknownPin),
            await infobip.ResendAsync("a\nb")
        );
        Assert.Empty(upstream.Requests);
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
    public async Task Given_a_refusal_Then_the_HTTP_status_decides_whatever_the_body_and_however_it_was_to_go_out(
        int status,
        PinSendStatus expected
    )
    {
        foreach (var script in ErrorBodies.Of(status))
        {
            foreach (var channel in Enum.GetValues<PinChannel>())
            {
                await using var upstream = new ScriptedUpstream(script);
                await using var infobip = new InfobipSetup(upstream.Address);

                Assert.Equal(new PinSendAnswer(expected), await infobip.SendAsync(channel));
                Assert.Equal(
                    // A resend is about one PIN, and 404 says that it is gone.
                    new PinSendAnswer(status == 404 ? PinSendStatus.UnknownPin : expected),
                    await infobip.ResendAsync(channel: channel)
                );
                Assert.Equal(2, upstream.Requests.Count);
            }
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
    [InlineData("Retry-After: 0", PinSendStatus.Busy)]
    [InlineData("Retry-After: 600", PinSendStatus.Busy)]
    [InlineData("Retry-After: Wed, 21 Oct 2015 07:28:00 GMT", PinSendStatus.Busy)]
    [InlineData("Retry-After: 601", PinSendStatus.Throttled)]
    [InlineData("Retry-After: Wed, 21 Oct 2099 07:28:00 GMT", PinSendStatus.Throttled)]
    [InlineData("Retry-After: soon", PinSendStatus.Throttled)]
    [InlineData("X-Other: 1", PinSendStatus.Throttled)]
    public async Task Given_a_limit_When_a_PIN_is_asked_for_Then_the_wait_decides_and_it_is_not_tried_again(
        string retryAfter,
        PinSendStatus expected
    )
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(429, "{}", retryAfter)
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.SendAsync();

        Assert.Equal(expected, answer.Status);
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
