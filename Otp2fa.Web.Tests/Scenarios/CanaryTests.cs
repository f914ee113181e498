using System.Text.RegularExpressions;
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
public sealed class CanaryTests
{
    [Fact]
    public async Task Given_a_full_journey_with_failures_no_secret_is_in_a_log_an_address_a_page_a_cookie_or_the_database()
    {
        await using var site = await TestSite.StartAsync(
            ("Serilog:MinimumLevel:Default", "Verbose"),
            ("Serilog:MinimumLevel:Override:Microsoft.AspNetCore", "Verbose"),
            ("Serilog:MinimumLevel:Override:Microsoft.EntityFrameworkCore", "Verbose"),
            ("Serilog:MinimumLevel:Override:System.Net.Http", "Verbose"),
            ("Serilog:MinimumLevel:Override:Microsoft.Extensions.Http", "Verbose")
        );
        var person = Person.New() with { Password = "canary-password-93-zebra" };
        var browser = site.NewBrowser();
        var pins = new List<string>();
        var cookies = new HashSet<string>(StringComparer.Ordinal);
        var opened = new List<string>();
        using var telemetry = new TelemetrySink();

        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var settings = await browser.ProveNumberAsync(site, person);
        pins.Add(site.CodeOnPhone(person));
        Keep(cookies, browser);
        await settings.TurnOnAsync();
        Keep(cookies, browser);
        await browser.SignOutAsync();
        var code = await browser.TypePasswordAsync(person);
        Keep(cookies, browser);
        opened.Add(site.DecryptCookie(browser, "Otp2fa.PendingSignIn"));
        pins.Add(site.CodeOnPhone(person));
        pins.Add(site.WrongCode(person));
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
        pins.Add(site.CodeOnPhone(person));
        await again.SubmitAsync(site.CodeOnPhone(person));
        Keep(cookies, browser);
        await browser.GoAsync("/Identity/Account/Manage");
        var moved = Person.New();
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var stepUp = await browser.GoAsync("/Identity/Account/StepUp?ReturnUrl=%2FPrivacy");
        var stepCode = await browser.SubmitAsync(
            stepUp,
            "#step-up",
            ("Input.Password", person.Password)
        );
        Keep(cookies, browser);
        opened.Add(site.DecryptCookie(browser, "Otp2fa.PendingNumber"));
        pins.Add(site.CodeOnPhone(person));
        await browser.SubmitAsync(
            stepCode,
            "#step-up-code",
            ("Input.Code", site.CodeOnPhone(person))
        );
        await browser.ProveNumberAsync(site, moved);
        pins.Add(site.CodeOnPhone(moved));
        Keep(cookies, browser);
        opened.Add(site.DecryptCookie(browser, "Otp2fa.Session"));
        await browser.SignOutAsync();

        var pinIds = site
            .Infobip.Calls.All.Select(call => call.PinId)
            .OfType<string>()
            .Distinct()
            .ToArray();
        Assert.True(pinIds.Length >= 5);
        Assert.True(cookies.Count >= 5);

        var log = string.Join('\n', site.Logs.Lines) + '\n' + string.Join('\n', telemetry.Lines);
        Assert.Contains(
            telemetry.Lines,
            line => line.StartsWith("trace ", StringComparison.Ordinal)
        );
        Assert.Contains(
            telemetry.Lines,
            line => line.StartsWith("metric ", StringComparison.Ordinal)
        );
        Assert.Contains("Code for SignIn sent", log, StringComparison.Ordinal);
        var addresses = string.Join('\n', browser.Visited);
        var html = string.Join('\n', browser.Shown);
        var database = await site.DumpDatabaseAsync();

        var decrypted = string.Join('\n', opened);
        foreach (var pin in pins)
        {
            NumberAbsentFrom(pin, database, "the database");
            NumberAbsentFrom(pin, decrypted, "a decrypted cookie");
            NumberAbsentFrom(pin, log, "the log");
            NumberAbsentFrom(pin, addresses, "an address");
            NumberAbsentFrom(pin, html, "a page");
        }

        foreach (var pinId in pinIds)
        {
            AbsentFrom(pinId, log, "the log");
            AbsentFrom(pinId, addresses, "an address");
            AbsentFrom(pinId, html, "a page");
            AbsentFrom(pinId, database, "the database");
            AbsentFrom(pinId, decrypted, "a decrypted cookie");
        }

        foreach (var cookie in cookies)
        {
            AbsentFrom(cookie, log, "the log");
            AbsentFrom(cookie, addresses, "an address");
            AbsentFrom(cookie, html, "a page");
        }

        AbsentFrom(person.Password, log + addresses + html + database, "anything");
        AbsentFrom("canary-api-key-5f1d", log + addresses + html + database, "anything");
        AbsentFrom(person.Digits, log + addresses, "a log or an address");
        AbsentFrom(moved.Digits, log + addresses, "a log or an address");
    }

    private static void Keep(HashSet<string> values, Browser browser)
    {
        foreach (System.Net.Cookie cookie in browser.Cookies.GetAllCookies())
        {
            // Antiforgery's cookie is half of a pair whose other half stands in every form; the rest open something.
            if (
                cookie.Value.Length > 0
                && !cookie.Name.Contains("Antiforgery", StringComparison.Ordinal)
            )
            {
                values.Add(cookie.Value);
            }
        }
    }

    // Not inside a longer run of digits: every six of them turn up in some timestamp or measurement sooner or later.
    private static void NumberAbsentFrom(string number, string text, string where)
    {
        var found = Regex.Match(
            text,
            $"(?<![0-9.]){number}(?![0-9])",
            RegexOptions.CultureInvariant,
            TimeSpan.FromMinutes(1)
        );
        AbsentAt(found.Success ? found.Index : -1, text, where);
    }

    private static void AbsentFrom(string secret, string text, string where) =>
        AbsentAt(text.IndexOf(secret, StringComparison.Ordinal), text, where);

    private static void AbsentAt(int at, string text, string where)
    {
        Assert.True(
            at < 0,
            $"A secret stands in {where}: …{(at < 0 ? "" : text.Substring(Math.Max(0, at - 200), Math.Min(400, text.Length - Math.Max(0, at - 200))))}…"
        );
    }
}
