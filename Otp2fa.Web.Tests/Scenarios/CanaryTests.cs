using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>
/// Walks everything the site does with the logs wide open, then searches logs, addresses, pages, cookies and the
/// database for what must never be in them.
/// </summary>
[Trait("Covers", "R38")]
[Trait("Covers", "R41")]
[Trait("Covers", "T27")]
public sealed class CanaryTests
{
    // More codes than a person may have, so that many paths are walked.
    private static readonly (string, string?)[] ManyCodes =
    [
        ("Limits:FirstWait", "00:00:00"),
        ("Limits:SecondWait", "00:00:00"),
        ("Limits:LaterWait", "00:00:00"),
        ("Limits:SendsPer10Minutes", "100"),
        ("Limits:SendsPerHour", "100"),
        ("Limits:SendsPerDay", "100"),
    ];

    private static readonly (string Key, string? Value)[] LogsWideOpen =
    [
        ("Serilog:MinimumLevel:Default", "Verbose"),
        ("Serilog:MinimumLevel:Override:Microsoft.AspNetCore", "Verbose"),
        ("Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore", "Verbose"),
        ("Serilog:MinimumLevel:Override:System.Net.Http", "Verbose"),
        ("Serilog:MinimumLevel:Override:Microsoft.Extensions.Http", "Verbose"),
    ];

    [Fact]
    public async Task Given_a_full_journey_with_failures_no_secret_is_in_a_log_an_address_a_page_a_cookie_or_the_database()
    {
        await using var site = await TestSite.StartAsync([.. LogsWideOpen, .. ManyCodes]);
        var person = Person.New() with { Password = "canary-password-93-zebra" };
        var browser = site.NewBrowser();
        var secrets = new Secrets(site);
        using var telemetry = new TelemetrySink();

        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var settings = await browser.ProveNumberAsync(site, person);
        secrets.KeepCode(person);
        secrets.KeepCookies(browser);
        await settings.TurnOnAsync();
        secrets.KeepCookies(browser);
        await browser.SignOutAsync();
        var code = await browser.TypePasswordAsync(person);
        secrets.KeepCookies(browser, "Otp2fa.PendingSignIn");
        secrets.KeepCode(person);
        secrets.KeepCode(site.WrongCode(person));
        await code.SubmitAsync(site.WrongCode(person));
        foreach (
            var fault in new[]
            {
                Fault.WithStatus(500),
                Fault.CutBefore(),
                Fault.HtmlBody(),
                Fault.WithStatus(401),
            }
        )
        {
            site.Clock.Advance(TimeSpan.FromSeconds(2));
            site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, fault);
            site.Infobip.Faults.ForNext(InfobipOperation.SendPin, fault);
            await code.SubmitAsync(site.CodeOnPhone(person));
            await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
                person.Email,
                person.Password
            );
        }

        var again = await browser.TypePasswordAsync(person);
        secrets.KeepCode(person);
        await again.SubmitAsync(site.CodeOnPhone(person));
        secrets.KeepCookies(browser);
        await browser.GoAsync("/Identity/Account/Manage");
        var moved = Person.New();
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var stepUp = await browser.GoAsync("/Identity/Account/StepUp?ReturnUrl=%2FPrivacy");
        var stepCode = await browser.SubmitAsync(
            stepUp,
            "#step-up",
            ("Input.Password", person.Password)
        );
        secrets.KeepCookies(browser, "Otp2fa.PendingNumber");
        secrets.KeepCode(person);
        await browser.SubmitAsync(
            stepCode,
            "#step-up-code",
            ("Input.Code", site.CodeOnPhone(person))
        );
        await browser.ProveNumberAsync(site, moved);
        secrets.KeepCode(moved);
        secrets.KeepCookies(browser, "Otp2fa.Session");
        await browser.SignOutAsync();

        Assert.Contains(
            site.Logs.Lines,
            line => line.Contains("Code for SignIn sent", StringComparison.Ordinal)
        );
        await secrets.ShouldBeNowhereAsync(telemetry, [person, moved], browser);
    }

    [Fact]
    public async Task Given_mailed_links_neither_they_nor_the_new_password_are_in_a_log_a_span_a_page_or_the_database()
    {
        await using var site = await TestSite.StartAsync(LogsWideOpen);
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        using var telemetry = new TelemetrySink();
        const string newPassword = "canary-new-password-zebra";
        var notMe = await site.NewestMailAsync(person.Email);
        await browser.PressBehindAsync(notMe);
        var reset = await site.NewestMailAsync(person.Email);
        await browser.ResetAsync(reset, person.Email, newPassword);

        Assert.True(await browser.OpensAsync(person.Email, newPassword));
        foreach (
            var secret in new[]
            {
                notMe.PathAndQuery.Split("code=")[1],
                reset.PathAndQuery.Split("code=")[1],
                newPassword,
            }
        )
        {
            Assert.All(
                [
                    ("the log", string.Join('\n', site.Logs.Lines)),
                    ("telemetry", string.Join('\n', telemetry.Lines)),
                    ("the database", await site.DumpDatabaseAsync()),
                ],
                place =>
                    Assert.False(
                        place.Item2.Contains(secret, StringComparison.Ordinal),
                        $"{secret[..12]}… stands in {place.Item1}: {Around(place.Item2, secret)}"
                    )
            );
        }

        // The one of a reset leaves the address at once; the others do nothing without the button.
        Assert.DoesNotContain(
            browser.Shown,
            html =>
                html.Contains(reset.PathAndQuery.Split("code=")[1], StringComparison.Ordinal)
                || html.Contains(newPassword, StringComparison.Ordinal)
        );

        static string Around(string text, string secret)
        {
            var at = text.IndexOf(secret, StringComparison.Ordinal);
            return at < 0 ? "" : text.Substring(Math.Max(0, at - 200), Math.Min(200, at));
        }
    }

    [Fact]
    public async Task Given_a_code_sent_again_called_and_renewed_no_secret_is_anywhere()
    {
        await using var site = await TestSite.StartAsync(LogsWideOpen);
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var secrets = new Secrets(site);
        using var telemetry = new TelemetrySink();
        secrets.KeepCode(person);

        await browser.TypePasswordAsync(person);
        secrets.KeepCode(person);
        secrets.KeepCookies(browser, "Otp2fa.PendingSignIn");
        var first = await site.PendingSignInOfAsync(browser);
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        await AskAgainAsync(browser, "Sms", "We sent the code.");
        site.Clock.Advance(TimeSpan.FromSeconds(70));
        await AskAgainAsync(browser, "Voice", "We are calling you.");
        secrets.KeepCookies(browser, "Otp2fa.PendingSignIn");
        // Its time is over: a new code takes its place, and the pending ticket is written anew.
        site.Clock.Advance(TimeSpan.FromSeconds(200));
        await AskAgainAsync(browser, "Sms", "We sent the code.");
        Assert.NotEqual(first, await site.PendingSignInOfAsync(browser));
        secrets.KeepCode(person);
        secrets.KeepCookies(browser, "Otp2fa.PendingSignIn");
        await SignInAsync(site, browser, person);
        secrets.KeepCookies(browser, "Otp2fa.Session");

        Assert.Contains(
            site.Logs.Lines,
            line => line.Contains("sent again by Voice", StringComparison.Ordinal)
        );
        NumberIsOnNoPage(person, browser);
        await secrets.ShouldBeNowhereAsync(telemetry, [person], browser);
    }

    [Fact]
    public async Task Given_an_outage_a_far_end_that_repeats_what_it_was_told_and_an_error_no_secret_is_anywhere()
    {
        await using var site = await TestSite.StartAsync(LogsWideOpen);
        var person = await site.PersonWithTwoFactorAsync();
        var (browser, other) = (site.NewBrowser(), site.NewBrowser());
        var secrets = new Secrets(site);
        using var telemetry = new TelemetrySink();
        secrets.KeepCode(person);

        var code = await browser.TypePasswordAsync(person);
        var pin = site.CodeOnPhone(person);
        secrets.KeepCode(pin);
        secrets.KeepCookies(browser, "Otp2fa.PendingSignIn");
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        site.ChangeSetting("Outage:Declared", "true");
        await AskAgainAsync(browser, "Sms", "Codes are delayed for everybody at the moment");
        await AskAgainAsync(browser, "Voice", "Codes are delayed for everybody at the moment");
        (await code.SubmitAsync(pin)).ShouldSay("Codes cannot be checked");
        await (await LoginPage.OpenAsync(other)).SubmitAsync(person.Email, person.Password);
        secrets.KeepCookies(other, "Otp2fa.PendingSignIn");
        site.ChangeSetting("Outage:Declared", "false");

        var echo = Fault.WithBody(
            $$"""{"errorCode":"{{site.Infobip.Calls.All[^1].PinId}}","description":"{{person.Digits}} {{pin}}"}""",
            status: 400
        );
        site.Infobip.Faults.ForNext(InfobipOperation.ResendPin, echo);
        site.Infobip.Faults.ForNext(InfobipOperation.ResendPinByVoice, Fault.CutBefore());
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, echo);
        await AskAgainAsync(browser, "Sms", "We cannot send codes at the moment.");
        site.Clock.Advance(TimeSpan.FromSeconds(70));
        await AskAgainAsync(browser, "Voice", "We cannot send codes at the moment.");
        (await code.SubmitAsync(pin)).ShouldSay("We cannot check codes at the moment.");

        // An error of our own while a typed code is under way, so that the log holds exceptions to search.
        var (release, checks) = (new TaskCompletionSource(), site.Verifies);
        secrets.KeepCode(site.WrongCode(person));
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.HeldUntil(release.Task));
        var submitting = code.SubmitAsync(site.WrongCode(person));
        await site.EventuallyAsync(() => Task.FromResult(site.Verifies == checks + 1));
        await RenameAsync("PinChallenges", "Lost");
        release.SetResult();
        (await submitting).ShouldSay("Something went wrong on our side");
        await RenameAsync("Lost", "PinChallenges");
        await SignInAsync(site, browser, person);
        secrets.KeepCookies(browser, "Otp2fa.Session");

        Assert.Contains(
            site.Logs.Lines,
            line => line.Contains("SqliteException", StringComparison.Ordinal)
        );
        NumberIsOnNoPage(person, browser, other);
        await secrets.ShouldBeNowhereAsync(telemetry, [person], browser, other);

        Task RenameAsync(string from, string to) =>
            site.InDatabaseAsync(db =>
#pragma warning disable EF1002 // Both names stand above.
                db.Database.ExecuteSqlRawAsync($"ALTER TABLE {from} RENAME TO {to}")
#pragma warning restore EF1002
            );
    }

    private static async Task AskAgainAsync(Browser browser, string channel, string sentence)
    {
        var page = await browser.GoAsync("/Identity/Account/ResendCode");
        (await browser.SubmitAsync(page, "#resend-code", ("channel", channel))).ShouldSay(sentence);
    }

    private static async Task SignInAsync(TestSite site, Browser browser, Person person)
    {
        var code = new CodePage(browser, await browser.GoAsync(CodePage.Path));
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    // These walks see no page that is the owner's own.
    private static void NumberIsOnNoPage(Person person, params Browser[] browsers) =>
        Assert.DoesNotContain(
            browsers.SelectMany(browser => browser.Shown),
            html => html.Contains(person.Digits, StringComparison.Ordinal)
        );
}
