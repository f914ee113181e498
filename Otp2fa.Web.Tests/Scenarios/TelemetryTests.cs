using System.Diagnostics;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Scenarios;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Given_codes_sent_and_typed_they_are_counted_by_purpose_country_and_outcome()
    {
        await using var site = await TestSite.StartAsync();
        using var telemetry = site.Measure();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        await code.SubmitAsync(site.WrongCode(person));
        await code.SubmitAsync(site.CodeOnPhone(person));
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.MessageNotSent());
        await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            person.Password
        );

        Assert.Equal(
            [
                "metric otp2fa.pin.sends 1 purpose=VerifyNumber country=GB channel=Sms resend=False outcome=Sent",
                "metric otp2fa.pin.checks 1 purpose=VerifyNumber country=GB outcome=Verified",
                "metric otp2fa.pin.sends 1 purpose=SignIn country=GB channel=Sms resend=False outcome=Sent",
                "metric otp2fa.pin.checks 1 purpose=SignIn country=GB outcome=Wrong",
                "metric otp2fa.pin.checks 1 purpose=SignIn country=GB outcome=Verified",
                "metric otp2fa.pin.sends 1 purpose=SignIn country=GB channel=Sms resend=False outcome=NotSent",
            ],
            PinMetrics(telemetry)
        );
        Assert.Equal(
            [
                "metric otp2fa.pin.duration 0 operation=send purpose=VerifyNumber country=GB",
                "metric otp2fa.pin.duration 0 operation=check purpose=VerifyNumber country=GB",
                "metric otp2fa.pin.duration 0 operation=send purpose=SignIn country=GB",
                "metric otp2fa.pin.duration 0 operation=check purpose=SignIn country=GB",
                "metric otp2fa.pin.duration 0 operation=check purpose=SignIn country=GB",
                "metric otp2fa.pin.duration 0 operation=send purpose=SignIn country=GB",
            ],
            telemetry.Lines.Where(line =>
                line.StartsWith("metric otp2fa.pin.duration", StringComparison.Ordinal)
            )
        );
        Assert.Equal(
            6,
            telemetry.Lines.Count(line =>
                line.StartsWith("metric otp2fa.infobip.call.duration ", StringComparison.Ordinal)
                && line.Contains("http.response.status_code=200", StringComparison.Ordinal)
            )
        );
    }

    [Theory]
    [InlineData("+9990000000")]
    [InlineData("+21000000000")]
    public async Task Given_a_stored_number_of_no_plan_it_is_counted_without_a_country_and_its_code_is_not_lost(
        string number
    )
    {
        await using var site = await TestSite.StartAsync();
        using var telemetry = site.Measure();
        var person = await site.PersonWithTwoFactorAsync();
        await site.ImportNumberAsync(person, number);
        var imported = person with { Number = number };
        var browser = site.NewBrowser();

        var code = await browser.TypePasswordAsync(imported);
        await code.SubmitAsync(site.CodeOnPhone(imported));

        Assert.True(await browser.IsSignedInAsync());
        Assert.Contains(
            "metric otp2fa.pin.checks 1 purpose=SignIn country=ZZ outcome=Verified",
            telemetry.Lines
        );
    }

    [Theory]
    [InlineData("Sms", "Sent")]
    [InlineData("Sms", "Unavailable")]
    [InlineData("Voice", "Sent")]
    [InlineData("Voice", "Unavailable")]
    public async Task Given_a_code_asked_for_again_it_is_counted_as_a_resend_by_its_channel_and_outcome(
        string channel,
        string outcome
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var (browser, page) = await ReachResendAsync(site, person);
        if (outcome == "Unavailable")
        {
            site.Infobip.Faults.ForNext(
                channel == "Sms" ? InfobipOperation.ResendPin : InfobipOperation.ResendPinByVoice,
                Fault.WithStatus(503)
            );
        }

        using var telemetry = site.Measure();
        await browser.SubmitAsync(page, "#resend-code", ("channel", channel));

        Assert.Equal(
            [
                $"metric otp2fa.pin.sends 1 purpose=SignIn country=GB channel={channel} resend=True outcome={outcome}",
            ],
            PinMetrics(telemetry)
        );
    }

    [Fact]
    public async Task Given_a_call_for_a_code_that_Infobip_knows_no_more_the_message_in_its_place_is_counted_as_a_new_send()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var (browser, page) = await ReachResendAsync(site, person);
        site.Infobip.Faults.ForNext(InfobipOperation.ResendPinByVoice, Fault.WithStatus(404));

        using var telemetry = site.Measure();
        await browser.SubmitAsync(page, "#resend-code", ("channel", "Voice"));

        Assert.Equal(
            [
                "metric otp2fa.pin.sends 1 purpose=SignIn country=GB channel=Voice resend=True outcome=UnknownPin",
                "metric otp2fa.pin.sends 1 purpose=SignIn country=GB channel=Sms resend=False outcome=Sent",
            ],
            PinMetrics(telemetry)
        );
    }

    [Fact]
    public async Task Given_calls_to_Infobip_their_spans_carry_the_route_and_not_the_address()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        browser.Trace = ActivityTraceId.CreateRandom();
        using var telemetry = site.Measure(browser.Trace);

        var code = await browser.TypePasswordAsync(person);
        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal(
            [
                "trace Otp2fa.Infobip POST /2fa/2/pin http.request.method=POST url.template=/2fa/2/pin server.address=127.0.0.1 http.response.status_code=200",
                "trace Otp2fa.Infobip POST /2fa/2/pin/{pinId}/verify http.request.method=POST url.template=/2fa/2/pin/{pinId}/verify server.address=127.0.0.1 http.response.status_code=200",
            ],
            telemetry
                .Lines.Where(line =>
                    line.StartsWith("trace Otp2fa.Infobip ", StringComparison.Ordinal)
                )
                .Select(line => line.TrimEnd())
        );
        var pinIds = site.Infobip.Calls.All.Select(call => call.PinId).OfType<string>().ToList();
        Assert.NotEmpty(pinIds);
        Assert.All(
            pinIds,
            pinId =>
                Assert.DoesNotContain(
                    telemetry.Lines,
                    line => line.Contains(pinId, StringComparison.Ordinal)
                )
        );
    }

    private static async Task<(Browser Browser, HtmlPage Page)> ReachResendAsync(
        TestSite site,
        Person person
    )
    {
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        return (browser, await browser.GoAsync("/Identity/Account/ResendCode"));
    }

    private static IEnumerable<string> PinMetrics(TelemetrySink telemetry) =>
        telemetry.Lines.Where(line =>
            line.StartsWith("metric otp2fa.pin.", StringComparison.Ordinal)
            && !line.StartsWith("metric otp2fa.pin.duration", StringComparison.Ordinal)
        );
}
