using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Infobip;

[Trait("Covers", "T03")]
[Trait("Covers", "T16")]
[Trait("Covers", "T28")]
public sealed class VerifyAnswerTests
{
    private const string About = "\"pinId\":\"CANARYPIN2F9A61D0\",\"msisdn\":\"447700900123\"";

    [Theory]
    [InlineData("""{"verified":true}""", null)]
    [InlineData("{" + About + ",\"verified\":true,\"attemptsRemaining\":0}", 0)]
    [InlineData("""{"verified":true,"pinError":null}""", null)]
    [InlineData("""{"verified":true,"pinError":""}""", null)]
    [InlineData("""{"verified":true,"pinError":"NO_ERROR"}""", null)]
    [InlineData("""{"verified":true,"pinId":null,"msisdn":null}""", null)]
    [InlineData("""{"verified":true,"msisdn":447700900123}""", null)]
    [InlineData("""{"verified":true,"msisdn":"+447700900123"}""", null)]
    [InlineData("""{"verified":true,"new":{"verified":false},"other":[[]]}""", null)]
    public async Task Given_the_literal_true_and_no_error_When_a_PIN_is_checked_Then_it_is_verified(
        string body,
        int? attempts
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(200, body));

        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.Verified, attempts), answer);
    }

    [Theory]
    [InlineData("\"WRONG_PIN\"", PinVerifyStatus.WrongPin)]
    [InlineData("\"PIN_NOT_VALID\"", PinVerifyStatus.WrongPin)]
    [InlineData("\"SOMETHING_NEW\"", PinVerifyStatus.WrongPin)]
    [InlineData("\"NO_ERROR\"", PinVerifyStatus.WrongPin)]
    [InlineData("\"\"", PinVerifyStatus.WrongPin)]
    [InlineData("null", PinVerifyStatus.WrongPin)]
    [InlineData("17", PinVerifyStatus.WrongPin)]
    [InlineData("{}", PinVerifyStatus.WrongPin)]
    [InlineData("\"ATTEMPTS_LEFT\"", PinVerifyStatus.WrongPin)]
    [InlineData("\"RATE_EXCEEDED\"", PinVerifyStatus.WrongPin)]
    [InlineData("\"TTL_EXPIRED\"", PinVerifyStatus.Expired)]
    [InlineData("\"PIN_EXPIRED\"", PinVerifyStatus.Expired)]
    [InlineData("\"EXPIRED\"", PinVerifyStatus.Expired)]
    [InlineData("\"NO_MORE_PIN_ATTEMPTS\"", PinVerifyStatus.AttemptsExhausted)]
    [InlineData("\"MAX_ATTEMPTS_EXCEEDED\"", PinVerifyStatus.AttemptsExhausted)]
    [InlineData("\"PIN_ATTEMPTS_EXCEEDED\"", PinVerifyStatus.AttemptsExhausted)]
    public async Task Given_verified_false_When_a_PIN_is_checked_Then_the_named_error_decides(
        string pinError,
        PinVerifyStatus expected
    )
    {
        var answer = await AskAsync(
            UpstreamScripts.Json(
                200,
                $$$"""{{{{About}}},"verified":false,"attemptsRemaining":4,"pinError":{{{pinError}}}}"""
            )
        );

        Assert.Equal(new PinVerifyAnswer(expected, 4), answer);
    }

    [Theory]
    [InlineData("""{"verified":false}""")]
    [InlineData("""{"verified":false,"attemptsRemaining":null}""")]
    [InlineData("""{"verified":false,"attemptsRemaining":"0"}""")]
    [InlineData("""{"verified":false,"attemptsRemaining":-1}""")]
    [InlineData("""{"verified":false,"attemptsRemaining":0.5}""")]
    [InlineData("""{"verified":false,"attemptsRemaining":99999999999}""")]
    [InlineData("""{"verified":false,"attemptsRemaining":[0]}""")]
    public async Task Given_no_readable_count_When_a_PIN_is_wrong_Then_no_count_is_made_up(
        string body
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(200, body));

        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.WrongPin), answer);
    }

    [Fact]
    public async Task Given_a_count_of_zero_When_a_PIN_is_wrong_Then_it_is_wrong_and_zero_is_passed_on()
    {
        var answer = await AskAsync(
            UpstreamScripts.Json(
                200,
                """{"verified":false,"attemptsRemaining":0,"pinError":"WRONG_PIN"}"""
            )
        );

        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.WrongPin, 0), answer);
    }

    [Theory]
    // The flag is not the literal true or false.
    [InlineData("""{"verified":"true"}""")]
    [InlineData("""{"verified":"TRUE","pinError":"WRONG_PIN"}""")]
    [InlineData("""{"verified":1}""")]
    [InlineData("""{"verified":null}""")]
    [InlineData("""{"verified":[true]}""")]
    [InlineData("""{"verified":{"value":true}}""")]
    [InlineData("""{"Verified":true}""")]
    [InlineData("""{"pinError":{}}""")]
    [InlineData("""{"pinError":""}""")]
    [InlineData("{}")]
    // The flag says yes and the error says no.
    [InlineData("""{"verified":true,"pinError":"WRONG_PIN"}""")]
    [InlineData("""{"verified":true,"pinError":"SOMETHING_NEW"}""")]
    [InlineData("""{"verified":true,"pinError":{}}""")]
    [InlineData("""{"verified":true,"pinError":0}""")]
    // Another PIN or another number.
    [InlineData("""{"verified":true,"pinId":"CANARYPIN2F9A61D1"}""")]
    [InlineData("""{"verified":true,"pinId":"canarypin2f9a61d0"}""")]
    [InlineData("""{"verified":true,"pinId":""}""")]
    [InlineData("""{"verified":true,"pinId":["CANARYPIN2F9A61D0"]}""")]
    [InlineData("""{"verified":true,"msisdn":"447700900124"}""")]
    [InlineData("""{"verified":true,"msisdn":447700900124}""")]
    [InlineData("""{"verified":true,"msisdn":"07700900123"}""")]
    [InlineData("""{"verified":true,"msisdn":{}}""")]
    [InlineData("""{"verified":false,"pinError":"WRONG_PIN","pinId":"CANARYPIN2F9A61D1"}""")]
    [InlineData("""{"verified":false,"pinError":"WRONG_PIN","msisdn":"447700900124"}""")]
    // The same member twice.
    [InlineData("""{"verified":false,"verified":true}""")]
    [InlineData("""{"verified":true,"verified":true}""")]
    [InlineData("""{"pinId":"CANARYPIN2F9A61D1","pinId":"CANARYPIN2F9A61D0","verified":true}""")]
    [InlineData("""{"verified":true,"\u0076erified":false}""")]
    public async Task Given_an_answer_that_cannot_be_believed_When_a_PIN_is_checked_Then_it_says_nothing(
        string body
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(200, body));

        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.Unavailable), answer);
    }

    [Theory]
    [InlineData("""{"pinError":"WRONG_PIN","attemptsRemaining":2}""", PinVerifyStatus.WrongPin)]
    [InlineData(
        """{"verified":null,"pinError":"TTL_EXPIRED","attemptsRemaining":2}""",
        PinVerifyStatus.Expired
    )]
    public async Task Given_a_named_failure_without_the_flag_When_a_PIN_is_checked_Then_it_is_that_failure(
        string body,
        PinVerifyStatus expected
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(200, body));

        Assert.Equal(new PinVerifyAnswer(expected, 2), answer);
    }

    [Theory]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(203)]
    [InlineData(206)]
    [InlineData(299)]
    public async Task Given_another_success_status_than_200_When_a_PIN_is_checked_Then_it_opens_nothing(
        int status
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(status, """{"verified":true}"""));

        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.Unavailable), answer);
    }

    [Theory]
    [InlineData("WRONG_PIN", PinVerifyStatus.WrongPin)]
    [InlineData("EXPIRED", PinVerifyStatus.Expired)]
    [InlineData("TTL_EXPIRED", PinVerifyStatus.Expired)]
    [InlineData("PIN_EXPIRED", PinVerifyStatus.Expired)]
    [InlineData("MAX_ATTEMPTS_EXCEEDED", PinVerifyStatus.AttemptsExhausted)]
    [InlineData("NO_MORE_PIN_ATTEMPTS", PinVerifyStatus.AttemptsExhausted)]
    [InlineData("PIN_NOT_FOUND", PinVerifyStatus.UnknownPin)]
    public async Task Given_the_contested_error_form_When_a_PIN_is_checked_Then_its_identifier_decides(
        string messageId,
        PinVerifyStatus expected
    )
    {
        string[] bodies =
        [
            $$$$"""{"requestError":{"serviceException":{"messageId":"{{{{messageId}}}}","text":"t"}}}""",
            $$"""{"errorCode":"{{messageId}}","description":"d"}""",
        ];
        foreach (var status in (int[])[400, 404])
        {
            foreach (var body in bodies)
            {
                var answer = await AskAsync(UpstreamScripts.Json(status, body));

                Assert.Equal(new PinVerifyAnswer(expected), answer);
            }
        }
    }

    [Theory]
    [InlineData("""{"requestError":{"serviceException":{"messageId":"NOT_FOUND"}}}""")]
    [InlineData("""{"errorCode":"E404"}""")]
    [InlineData("")]
    public async Task Given_404_without_a_known_identifier_When_a_PIN_is_checked_Then_the_PIN_is_unknown(
        string body
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(404, body));

        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.UnknownPin), answer);
    }

    [Theory]
    [InlineData(400, PinVerifyStatus.Rejected)]
    [InlineData(401, PinVerifyStatus.Misconfigured)]
    [InlineData(403, PinVerifyStatus.Misconfigured)]
    [InlineData(404, PinVerifyStatus.UnknownPin)]
    [InlineData(405, PinVerifyStatus.Rejected)]
    [InlineData(407, PinVerifyStatus.Misconfigured)]
    [InlineData(408, PinVerifyStatus.Unavailable)]
    [InlineData(429, PinVerifyStatus.Throttled)]
    [InlineData(302, PinVerifyStatus.Unavailable)]
    [InlineData(500, PinVerifyStatus.Unavailable)]
    [InlineData(503, PinVerifyStatus.Unavailable)]
    [InlineData(599, PinVerifyStatus.Unavailable)]
    public async Task Given_a_refusal_When_a_PIN_is_checked_Then_the_HTTP_status_decides_whatever_the_body(
        int status,
        PinVerifyStatus expected
    )
    {
        foreach (var script in ErrorBodies.Of(status))
        {
            var answer = await AskAsync(script);

            Assert.Equal(new PinVerifyAnswer(expected), answer);
        }
    }

    [Theory]
    [InlineData(401, PinVerifyStatus.Misconfigured)]
    [InlineData(403, PinVerifyStatus.Misconfigured)]
    [InlineData(429, PinVerifyStatus.Throttled)]
    [InlineData(500, PinVerifyStatus.Unavailable)]
    public async Task Given_WRONG_PIN_under_another_status_When_a_PIN_is_checked_Then_it_is_not_a_wrong_PIN(
        int status,
        PinVerifyStatus expected
    )
    {
        var answer = await AskAsync(
            UpstreamScripts.Json(
                status,
                """{"requestError":{"serviceException":{"messageId":"WRONG_PIN"}}}"""
            )
        );

        Assert.Equal(new PinVerifyAnswer(expected), answer);
    }

    [Theory]
    [InlineData("Retry-After: 3")]
    [InlineData("X-Nothing: 1")]
    public async Task Given_a_limit_When_a_PIN_is_checked_Then_it_is_throttled_and_not_tried_again(
        string header
    )
    {
        var answer = await AskAsync(UpstreamScripts.Json(429, """{"errorCode":"E429"}""", header));

        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.Throttled), answer);
    }

    private static async Task<PinVerifyAnswer> AskAsync(UpstreamScript script)
    {
        await using var upstream = new ScriptedUpstream(script);
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.VerifyAsync();

        Assert.Single(upstream.Requests);
        return answer;
    }
}
