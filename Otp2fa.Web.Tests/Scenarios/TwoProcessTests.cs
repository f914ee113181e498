using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Limits over real processes that share nothing but the database file, by the real time.</summary>
[Trait("Covers", "R11")]
[Trait("Covers", "R32")]
[Trait("Covers", "T06")]
public sealed class TwoProcessTests
{
    private const string Resend = "/Identity/Account/ResendCode";

    private static readonly (string, string?)[] NoWaits =
    [
        ("Limits:FirstWait", "00:00:00"),
        ("Limits:SecondWait", "00:00:00"),
        ("Limits:LaterWait", "00:00:00"),
        ("TwoFactor:MaxSends", "5"),
    ];

    [Fact]
    public async Task Given_a_hundred_resends_at_once_on_two_processes_as_many_go_out_as_the_window_allows()
    {
        await using var site = await TestSite.StartInRealTimeAsync(NoWaits);
        var person = await site.PersonWithTwoFactorAsync();
        await using var first = await site.StartProcessAsync();
        await using var second = await site.StartProcessAsync();
        SiteProcess[] processes = [first, second];
        var browser = new Browser(first);
        var code = await browser.TypePasswordAsync(person);
        var page = await browser.GoAsync(Resend);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    Task.Run(() =>
                    {
                        var tab = browser.CloneTo(processes[i % 2]);
                        return tab.PostAsync(
                            page with
                            {
                                Address = new Uri(processes[i % 2].Origin, Resend),
                            },
                            "#resend-code"
                        );
                    })
                )
        );

        // Five in ten minutes: enrolment's, the sign-in's, and three more.
        Assert.Equal(3, site.Infobip.Calls.Count(InfobipOperation.ResendPin));
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Found));
        Assert.Equal(97, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(5, await CountSendsAsync(site));
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    /// <summary>F2 with processes that share nothing but the database.</summary>
    [Fact]
    public async Task Given_forty_passwords_at_once_on_two_processes_five_are_checked()
    {
        await using var site = await TestSite.StartInRealTimeAsync();
        var person = Person.New();
        await site.NewBrowser().RegisterAsync(person);
        await using var first = await site.StartProcessAsync();
        await using var second = await site.StartProcessAsync();
        LoginPage[] pages =
        [
            await LoginPage.OpenAsync(new Browser(first)),
            await LoginPage.OpenAsync(new Browser(second)),
        ];

        await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => Task.Run(() => pages[i % 2].PostAsync(person.Email, "wrong")))
        );

        Assert.Equal(5, await site.PasswordFailuresAsync());
        Assert.Equal(
            5,
            await site.InDatabaseAsync(db =>
                db.SecurityEvents.CountAsync(e => e.Kind == SecurityEventKind.WrongPassword)
            )
        );
        Assert.False(await new Browser(second).OpensAsync(person.Email, person.Password));
    }

    [Fact]
    public async Task Given_a_process_killed_between_the_budget_and_the_send_the_budget_stays_spent_and_nothing_is_sent_twice()
    {
        await using var site = await TestSite.StartInRealTimeAsync(
            ("Limits:FirstWait", "00:00:03")
        );
        var person = await site.PersonWithTwoFactorAsync();
        using var silence = new TcpListener(IPAddress.Loopback, 0);
        silence.Start();
        var doomed = await site.StartProcessAsync(
            ("Infobip:BaseUrl", $"http://127.0.0.1:{((IPEndPoint)silence.LocalEndpoint).Port}")
        );
        await using var other = await site.StartProcessAsync();
        var sends = site.Sends;
        var budget = await CountSendsAsync(site);
        var login = await LoginPage.OpenAsync(new Browser(doomed));

        var lost = login.PostAsync(person.Email, person.Password);
        await site.EventuallyAsync(async () => await CountSendsAsync(site) == budget + 1);
        await doomed.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => lost);

        var browser = new Browser(other);
        var page = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );
        page.ShouldBe(CodePage.Path)
            .ShouldSay("A code for your account was asked for a moment ago.");
        Assert.Equal((sends, budget + 1), (site.Sends, await CountSendsAsync(site)));

        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        var code = new CodePage(
            browser,
            await browser.SubmitAsync(await browser.GoAsync(Resend), "#resend-code")
        );
        Assert.Equal((sends + 1, budget + 2), (site.Sends, await CountSendsAsync(site)));
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
        await doomed.DisposeAsync();
    }

    [Fact]
    public async Task Given_a_process_killed_after_the_message_went_out_its_budget_stays_spent_and_it_is_not_sent_again_by_itself()
    {
        await using var site = await TestSite.StartInRealTimeAsync(
            ("Limits:FirstWait", "00:00:03")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var release = new TaskCompletionSource();
        var doomed = await site.StartProcessAsync();
        await using var other = await site.StartProcessAsync();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.HeldUntil(release.Task));
        var sends = site.Sends;
        var budget = await CountSendsAsync(site);
        var login = await LoginPage.OpenAsync(new Browser(doomed));

        var lost = login.PostAsync(person.Email, person.Password);
        await site.EventuallyAsync(() => Task.FromResult(site.Sends == sends + 1));
        await doomed.KillAsync();
        release.SetResult();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => lost);

        var browser = new Browser(other);
        (await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password))
            .ShouldBe(CodePage.Path)
            .ShouldSay("A code for your account was asked for a moment ago.");
        Assert.Equal((sends + 1, budget + 1), (site.Sends, await CountSendsAsync(site)));

        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        var code = new CodePage(
            browser,
            await browser.SubmitAsync(await browser.GoAsync(Resend), "#resend-code")
        );
        Assert.Equal((sends + 2, budget + 2), (site.Sends, await CountSendsAsync(site)));
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
        await doomed.DisposeAsync();
    }

    private static Task<int> CountSendsAsync(TestSite site) =>
        site.InDatabaseAsync(db => db.LimitUses.CountAsync(u => u.Rule == LimitRule.AccountSends));
}
