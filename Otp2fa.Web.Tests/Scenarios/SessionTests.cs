using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

[Trait("Covers", "R20")]
[Trait("Covers", "R21")]
[Trait("Covers", "R22")]
[Trait("Covers", "R23")]
[Trait("Covers", "R43")]
[Trait("Covers", "R44")]
[Trait("Covers", "T01")]
[Trait("Covers", "T14")]
[Trait("Covers", "T25")]
public sealed class SessionTests
{
    private const string Cookie = "Otp2fa.Session";

    [Fact]
    public async Task Given_a_copied_session_cookie_it_is_dead_after_sign_out()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        var thief = browser.CloneTo(site.Host);
        Assert.True(await thief.IsSignedInAsync());

        await browser.SignOutAsync();

        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await thief.IsSignedInAsync());
        Assert.Equal(0, await site.CountSessionsAsync());
    }

    [Fact]
    public async Task Given_2FA_is_turned_on_every_other_session_of_the_person_ends()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        var other = site.NewBrowser();
        await other.SignInAsync(person);
        await browser.SignInAsync(person);
        await (await browser.ProveNumberAsync(site, person)).TurnOnAsync();

        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_session_of_the_password_alone_it_is_worth_nothing_once_the_account_has_2FA()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        // The flag alone, without the stamp that a page would rotate with it.
        await site.InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.TwoFactorEnabled, true))
        );

        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_new_sign_in_in_the_same_browser_the_session_id_changes_and_the_old_one_is_dead()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        var old = browser.CloneTo(site.Host);

        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await old.IsSignedInAsync());
        Assert.Equal(1, await site.CountSessionsAsync());
    }

    [Fact]
    public async Task Given_a_session_it_ends_after_its_absolute_life_however_much_it_is_used()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);

        for (var half = 0; half < 47; half++)
        {
            site.Clock.Advance(TimeSpan.FromMinutes(30));
            Assert.True(await browser.IsSignedInAsync());
        }

        site.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        Assert.True(await browser.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_what_an_expired_row_leaves_behind_the_purge_removes_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await site.NewBrowser().TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromDays(2));

        await site.PurgeAsync();

        Assert.Equal(0, await site.CountSessionsAsync());
        Assert.Equal(0, await site.InDatabaseAsync(db => db.PendingTickets.CountAsync()));
        Assert.Equal(0, await site.InDatabaseAsync(db => db.PinChallenges.CountAsync()));
    }

    [Fact]
    public async Task Given_the_database_it_holds_no_session_id_that_a_cookie_could_be_made_of()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);

        var sid = site.SessionIdOf(browser, Cookie);

        Assert.Equal(43, sid.Length);
        Assert.DoesNotContain(sid, await site.DumpDatabaseAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Privacy", "/Privacy")]
    [InlineData("/Identity/Account/Manage?x=1", "/Identity/Account/Manage")]
    [InlineData("~/Privacy", "/Privacy")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/%09/evil.example", "/%09/evil.example")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("http:evil.example", "/")]
    [InlineData("~//evil.example", "/")]
    [InlineData(" https://evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("", "/")]
    public async Task Given_a_return_address_only_one_of_this_site_is_followed_after_the_last_step(
        string asked,
        string expected
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person, asked);
        // Asked for again at the very last step, as an attacker could write it into the address.
        var answer = await browser.SendAsync(
            Retarget(
                Browser.Request(
                    code.Page,
                    "form",
                    ("Input.TwoFactorCode", site.CodeOnPhone(person))
                ),
                asked
            )
        );

        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        var target = answer.Headers.Location!.OriginalString;
        Assert.Equal(expected, target.Split('?')[0]);
        Assert.True(await browser.IsSignedInAsync());
    }

    private static HttpRequestMessage Retarget(HttpRequestMessage request, string returnUrl)
    {
        request.RequestUri = new Uri(
            request.RequestUri!,
            $"{CodePage.Path}?ReturnUrl={Uri.EscapeDataString(returnUrl)}"
        );
        return request;
    }
}
