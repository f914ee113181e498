using Otp2fa.Web.Infobip;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Units.Infobip;

/// <summary>What an operator is told of the set-up at Infobip.</summary>
public sealed class ReaderTests
{
    private const string Application = """
        {"applicationId":"APP/1","name":"Sign-in","enabled":true,"configuration":{"pinAttempts":5,
        "allowMultiplePinVerifications":false,"pinTimeToLive":"5m","verifyPinLimit":"5/5s",
        "sendPinPerPhoneNumberLimit":"12/1d","sendPinPerApplicationLimit":"10000/1d"},"new":[1]}
        """;

    [Fact]
    public async Task An_application_is_read_as_it_stands()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(200, Application));
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.Reader.ReadApplicationAsync(CancellationToken.None);

        Assert.Equal(
            new ApplicationFacts("Sign-in", true, 5, false, "5m", "5/5s", "12/1d", "10000/1d"),
            answer.Value
        );
        var request = Assert.Single(upstream.Requests);
        Assert.Equal("GET /2fa/2/applications/APP%2F1", $"{request.Method} {request.Target}");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":null,"configuration":null}""")]
    [InlineData(
        """{"enabled":"true","configuration":{"pinAttempts":"5","allowMultiplePinVerifications":0,"pinTimeToLive":{}}}"""
    )]
    public async Task What_an_application_does_not_say_is_not_made_up(string body)
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(200, body));
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.Reader.ReadApplicationAsync(CancellationToken.None);

        Assert.Equal(
            new ApplicationFacts(null, null, null, null, null, null, null, null),
            answer.Value
        );
    }

    [Fact]
    public async Task A_template_is_read_as_it_stands()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(
                200,
                """{"messageId":"MSG-1","applicationId":"APP/1","messageText":"{{pin}} is it","pinType":"NUMERIC","pinLength":6,"senderId":"Otp2fa","language":"en"}"""
            )
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.Reader.ReadTemplateAsync(CancellationToken.None);

        Assert.Equal(
            new TemplateFacts(
                "{{pin}} is it",
                "NUMERIC",
                6,
                "Otp2fa",
                "en",
                new TemplateRest(null, null, null, null)
            ),
            answer.Value
        );
        Assert.Equal(
            "/2fa/2/applications/APP%2F1/messages/MSG-1",
            Assert.Single(upstream.Requests).Target
        );
    }

    [Theory]
    [InlineData("1785751200", "1785751160")]
    [InlineData("1785751200000", "1785751160000")]
    public async Task Times_of_verifications_are_read_in_seconds_and_in_milliseconds(
        string verifiedAt,
        string sentAt
    )
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(
                200,
                $$"""{"verifications":[{"msisdn":"447700900123","verified":false,"verifiedAt":{{verifiedAt}},"sentAt":{{sentAt}}},{"verified":true}]}"""
            )
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.Reader.ReadVerificationsAsync(InfobipSetup.Number);

        Assert.Equal(
            [
                new VerificationFacts(
                    false,
                    DateTimeOffset.FromUnixTimeSeconds(1785751200),
                    DateTimeOffset.FromUnixTimeSeconds(1785751160)
                ),
                new VerificationFacts(true, null, null),
            ],
            answer.Value
        );
        Assert.Equal(
            "/2fa/2/applications/APP%2F1/verifications?msisdn=447700900123",
            Assert.Single(upstream.Requests).Target
        );
    }

    [Theory]
    [InlineData("1e99")]
    [InlineData("-1")]
    [InlineData("253402300800000")]
    [InlineData("\"1785751200\"")]
    [InlineData("[1785751200]")]
    public async Task What_is_no_time_is_none(string sentAt)
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(
                200,
                $$"""{"verifications":[{"verified":true,"sentAt":{{sentAt}}}]}"""
            )
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.Reader.ReadVerificationsAsync(InfobipSetup.Number);

        Assert.Equal([new VerificationFacts(true, null, null)], answer.Value);
    }

    [Theory]
    [InlineData(200, """{"applicationId":"APP/2","messageId":"MSG-2"}""", ReadStatus.Unavailable)]
    [InlineData(200, "[]", ReadStatus.Unavailable)]
    [InlineData(200, "", ReadStatus.Unavailable)]
    [InlineData(400, "{}", ReadStatus.Refused)]
    [InlineData(401, "", ReadStatus.Misconfigured)]
    [InlineData(403, "{}", ReadStatus.Misconfigured)]
    [InlineData(404, "{}", ReadStatus.NotFound)]
    [InlineData(429, "{}", ReadStatus.Throttled)]
    [InlineData(500, "{}", ReadStatus.Unavailable)]
    internal async Task What_cannot_be_read_or_is_about_another_is_told_and_asked_once(
        int status,
        string body,
        ReadStatus expected
    )
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(status, body));
        await using var infobip = new InfobipSetup(upstream.Address);

        Assert.Equal(
            expected,
            (await infobip.Reader.ReadApplicationAsync(CancellationToken.None)).Status
        );
        Assert.Equal(
            expected,
            (await infobip.Reader.ReadTemplateAsync(CancellationToken.None)).Status
        );
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Theory]
    [InlineData("""{"verifications":null}""")]
    [InlineData("""{"verifications":[null]}""")]
    [InlineData("""{"verifications":[{"msisdn":"447700900124","verified":true}]}""")]
    public async Task Verifications_of_nobody_or_of_another_number_are_not_believed(string body)
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.Json(200, body));
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.Reader.ReadVerificationsAsync(InfobipSetup.Number);

        Assert.Equal(ReadStatus.Unavailable, answer.Status);
    }
}
