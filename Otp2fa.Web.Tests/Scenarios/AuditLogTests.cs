using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;
using Serilog.Events;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The log for those who watch the site (R40, R41): apart from the other, in UTC, with stable ids, without secrets.</summary>
[Trait("Covers", "R40")]
public sealed class AuditLogTests
{
    [Fact]
    public async Task A_journey_is_told_event_by_event_in_UTC_with_a_session_that_opens_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await browser.SignOutAsync();
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, "wrong");
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = await browser.TypePasswordAsync(person);
        await code.SubmitAsync("000000");
        await code.SubmitAsync(site.CodeOnPhone(person));
        await site.Host.DisposeAsync();

        var events = site.Logs.Audited;

        Assert.Equal(
            [
                "Started",
                "Registered",
                "SignedIn",
                "CodeSent",
                "NumberProved",
                "TwoFactorTurnedOn",
                "RecoveryCodesMade",
                "SignedOut",
                "WrongPassword",
                "CodeSent",
                "PasswordAccepted",
                "WrongCode",
                "SignedIn",
            ],
            events
                .Select(one => Text(one, "Kind"))
                .Where(kind => kind is not ("SteppedUp" or "SessionsEnded" or "Stopped"))
        );
        Assert.All(
            events,
            one =>
                Assert.Equal(
                    DateTimeKind.Utc,
                    ((DateTime)((ScalarValue)one.Properties["AtUtc"]).Value!).Kind
                )
        );
        Assert.All(events, one => Assert.Matches("^[^/]+/[0-9]+$", Text(one, "Instance")!));
        var wrong = events.Single(one => Text(one, "Kind") == "WrongCode");
        Assert.Equal(
            ("9006", "authn_login_fail", "failure", "Sms", "SignIn"),
            (
                Text(wrong, "AuditEventId"),
                Text(wrong, "AuditEvent"),
                Text(wrong, "Outcome"),
                Text(wrong, "Factor"),
                Text(wrong, "Purpose")
            )
        );
        var text = string.Join('\n', site.Logs.Lines);
        // Two requests of one session are told by one hash, which is not the key in its cookie.
        var hash = Text(events.Single(one => Text(one, "Kind") == "NumberProved"), "SessionHash");
        Assert.Matches("^[0-9A-F]{16}$", hash!);
        Assert.Equal(
            hash,
            Text(events.First(one => Text(one, "Kind") == "CodeSent"), "SessionHash")
        );
        foreach (
            var secret in new[]
            {
                person.Password,
                person.Email,
                person.Number,
                site.CodeOnPhone(person),
            }
        )
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_refused_before_an_account_is_known_is_told_too()
    {
        await using var site = await TestSite.StartAsync(("Limits:FormsPerSessionAndMinute", "1"));
        var browser = site.NewBrowser();
        await (await LoginPage.OpenAsync(browser)).SubmitAsync("nobody@example.com", "wrong");
        var page = await browser.GoAsync("/Identity/Account/Login");
        var foreign = Browser.Request(page, "#account", ("Input.Email", "nobody@example.com"));
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        await browser.SendAsync(foreign);
        var stale = Browser.Request(
            page,
            "#account",
            ("__RequestVerificationToken", "of yesterday")
        );
        await site.NewBrowser().SendAsync(stale);
        var (signedIn, _) = await site.SignedInPersonAsync();
        var form = await signedIn.GoAsync("/Identity/Account/Manage/PersonalData");
        await signedIn.PostAsync(form, "#download-data");
        await signedIn.PostAsync(form, "#download-data");
        var copy = signedIn.CloneTo(site.Host);
        await site.InDatabaseAsync(db => db.Sessions.ExecuteDeleteAsync());
        await copy.GoAsync("/Identity/Account/Manage");
        await site.Host.DisposeAsync();

        var kinds = site.Logs.Audited.Select(one => Text(one, "Kind")).ToList();

        Assert.Contains("WrongPassword", kinds);
        Assert.Contains("CrossSiteForm", kinds);
        Assert.Contains("StaleForm", kinds);
        Assert.Contains("RequestRefused", kinds);
        Assert.Contains("SessionRefused", kinds);
    }

    [Fact]
    public void Every_kind_has_its_row_in_the_document_and_no_id_is_used_twice()
    {
        var rows = Repository
            .Read("docs/audit-log.md")
            .Split('\n')
            .Where(line => line.StartsWith("| 9", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells =>
                (cells[1], cells[2].Trim('`'), cells[3].TrimEnd('*', ' ').Trim('`'), cells[4])
            );

        Assert.Equal(
            Enum.GetValues<AuditKind>()
                .Select(kind =>
                    (
                        $"{(int)kind}",
                        $"{kind}",
                        AuditKinds.Describe(kind).Name,
                        AuditKinds.Describe(kind).Outcome
                    )
                ),
            rows
        );
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_entry_of_the_history_is_an_event_of_its_own(SecurityEventKind kind)
    {
        Assert.Equal(kind.ToString(), AuditKinds.Of(kind).ToString());
    }

    public static TheoryData<SecurityEventKind> Events => [.. Enum.GetValues<SecurityEventKind>()];

    private static string? Text(LogEvent one, string name) =>
        one.Properties.TryGetValue(name, out var value) && value is ScalarValue { Value: { } text }
            ? string.Create(CultureInfo.InvariantCulture, $"{text}")
            : null;
}
