using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Browsers that are asked for no code for a while: whose, how long, and what ends it (F10, threat T13).</summary>
[Trait("Covers", "R15")]
[Trait("Covers", "T13")]
public sealed class RememberedBrowserTests
{
    private const string Remembered = "/Identity/Account/Manage/RememberedBrowsers";

    [Fact]
    public async Task Given_the_box_ticked_the_next_sign_in_asks_for_the_password_alone_and_sends_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await RememberAsync(site);
        await browser.SignOutAsync();
        var sends = site.Sends;

        await browser.SignInAsync(person);

        Assert.Equal(sends, site.Sends);
        (await browser.GoAsync("/Identity/Account/Manage/SecurityHistory")).ShouldSay(
            "Signed in with the password, in a remembered browser"
        );
    }

    [Fact]
    public async Task Given_the_box_as_it_stands_it_is_not_ticked_and_the_next_sign_in_asks_for_a_code()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var browser = site.NewBrowser();
        var page = await browser.TypePasswordAsync(person);
        page.Page.ShouldSay("Do not ask for a code in this browser for 30 days");
        await page.SubmitAsync(site.CodeOnPhone(person));
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));

        await browser.TypePasswordAsync(person);

        Assert.Null(browser.CookieValue(CookieNames.RememberedBrowser));
    }

    [Fact]
    public async Task Given_the_box_ticked_and_a_wrong_code_it_is_still_ticked()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var page = await site.NewBrowser().TypePasswordAsync(person);
        Assert.False(page.Page.Has("#Input_RememberMachine[checked]"));

        var again = await page.SubmitAndRememberAsync(site.WrongCode(person));

        Assert.True(again.Has("#Input_RememberMachine[checked]"));
    }

    [Fact]
    public async Task Given_a_remembered_browser_a_wrong_password_opens_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await RememberAsync(site);
        await browser.SignOutAsync();

        (await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, "wrong"))
            .ShouldBe(LoginPage.Path)
            .ShouldSay("Invalid login attempt.");
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_thirty_days_the_browser_is_asked_again_however_often_it_was_used(
        int secondsFromEnd,
        bool isRemembered
    )
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await RememberAsync(site);
        var end = site.Clock.GetUtcNow() + TimeSpan.FromDays(30);
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromDays(29));
        await browser.SignInAsync(person);
        await browser.SignOutAsync();
        site.Clock.Advance(end - site.Clock.GetUtcNow() + TimeSpan.FromSeconds(secondsFromEnd));

        var page = await PasswordAsync(browser, person);

        page.ShouldBe(isRemembered ? "/" : CodePage.Path);
        await site.PurgeAsync();
        Assert.Equal(isRemembered ? 1 : 0, await CountAsync(site));
    }

    [Fact]
    public async Task Given_the_option_at_nothing_no_box_is_shown_and_none_is_remembered()
    {
        await using var site = await TestSite.StartAsync(("Accounts:RememberBrowser", "00:00:00"));
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var browser = site.NewBrowser();
        var page = await browser.TypePasswordAsync(person);
        Assert.False(page.Page.Has("#Input_RememberMachine"));

        await page.SubmitAndRememberAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(0, await CountAsync(site));
    }

    [Fact]
    public async Task Given_the_option_turned_to_nothing_a_browser_remembered_before_is_asked()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await RememberAsync(site);
        await browser.SignOutAsync();
        await browser.SignInAsync(person);
        site.Clock.Advance(TimeSpan.FromMinutes(10));

        site.RememberBrowsersFor(TimeSpan.Zero);

        // What it opened before is over, too.
        Assert.False(await browser.IsSignedInAsync());
        await browser.TypePasswordAsync(person);
    }

    [Fact]
    public async Task Given_the_key_the_database_holds_its_hash_and_the_cookie_is_strict_and_kept_for_its_time()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await RememberAsync(site);

        var key = browser.CookieValue(CookieNames.RememberedBrowser)!;

        Assert.Equal(43, key.Length);
        Assert.DoesNotContain(key, await site.DumpDatabaseAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            site.Logs.Lines,
            line => line.Contains(key, StringComparison.Ordinal)
        );
        var header = browser.SetCookies.Single(cookie =>
            cookie.StartsWith(CookieNames.RememberedBrowser, StringComparison.Ordinal)
        );
        Assert.Contains("samesite=strict", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("expires=", header, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Given_the_cookie_of_another_person_it_spares_no_code()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await RememberAsync(site);
        var victim = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await browser.SignOutAsync();

        await browser.TypePasswordAsync(victim);

        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_two_people_at_one_browser_it_is_remembered_for_both()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, first) = await RememberAsync(site);
        await browser.SignOutAsync();
        var second = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await (await browser.TypePasswordAsync(second)).SubmitAndRememberAsync(
            site.CodeOnPhone(second)
        );
        await browser.SignOutAsync();

        await browser.SignInAsync(first);
        await browser.SignOutAsync();
        await browser.SignInAsync(second);
    }

    [Fact]
    public async Task Given_a_planted_cookie_the_thief_who_knows_it_is_not_remembered_with_the_victim()
    {
        await using var site = await TestSite.StartAsync();
        var (thief, _) = await RememberAsync(site);
        await thief.SignOutAsync();
        var victim = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        // The victim's browser holds the thief's cookie.
        var planted = thief.CloneTo(site.Host);
        await (await planted.TypePasswordAsync(victim)).SubmitAndRememberAsync(
            site.CodeOnPhone(victim)
        );
        site.Clock.Advance(TimeSpan.FromMinutes(10));

        await thief.TypePasswordAsync(victim);

        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_changed_number_every_remembered_browser_is_asked_again_at_once()
    {
        await ShouldForgetAsync(
            async (site, browser, person) =>
            {
                var page = await browser.GoAsync("/Identity/Account/Manage/AddPhoneNumber");
                await browser.StepUpAsync(page, person);
                var moved = Person.New() with { Email = person.Email, Password = person.Password };
                await browser.ProveNumberAsync(site, moved);
                return moved;
            }
        );
    }

    [Fact]
    public async Task Given_new_factors_every_remembered_browser_is_asked_again_at_once()
    {
        await ShouldForgetAsync(
            async (site, browser, person) =>
            {
                await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person);
                await browser.SetAppUpAsync(site);
                return person;
            }
        );
    }

    [Fact]
    public async Task Given_two_factor_off_and_on_again_every_remembered_browser_is_asked_again()
    {
        await ShouldForgetAsync(
            async (_, browser, person) =>
            {
                var off = await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync();
                await browser.StepUpAsync(off, person);
                await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync();
                await (await TwoFactorPage.OpenAsync(browser)).TurnOnAsync();
                return person;
            }
        );
    }

    /// <summary>However the stamp changes: by a page, a reset of the password, or an operator's tool.</summary>
    [Fact]
    public async Task Given_another_security_stamp_the_browser_is_asked_again()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await RememberAsync(site);
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await site.InDatabaseAsync(db =>
            db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "another"))
        );

        await browser.TypePasswordAsync(person);
    }

    [Fact]
    public async Task Given_a_session_by_a_remembered_browser_a_step_up_asks_for_a_code_all_the_same()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await RememberAsync(site);
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await browser.SignInAsync(person);

        var stepUp = await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync();

        (await browser.StepUpAsync(stepUp, person)).ShouldBe("/Identity/Account/StepUpCode");
        Assert.True((await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    [Fact]
    public async Task Given_one_forgotten_the_others_stay_and_the_session_that_it_opened_is_over()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await RememberAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var other = site.NewBrowser(site.StartHost());
        await (await other.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        await other.SignOutAsync();
        await other.SignInAsync(person);
        var page = await browser.GoAsync(Remembered);
        Assert.Equal(2, page.Document.QuerySelectorAll(".remembered").Length);
        Assert.Single(page.Document.QuerySelectorAll(".this-one"));
        var id = await site.InDatabaseAsync(db =>
            db.RememberedBrowsers.OrderByDescending(b => b.Id).Select(b => b.Id).FirstAsync()
        );

        var after = await browser.SubmitAsync(page, $".remembered form:has([value='{id}'])");

        after.ShouldSayAnywhere("That browser is forgotten.");
        Assert.False(await other.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await other.TypePasswordAsync(person);
        (
            await browser.SubmitAsync(page, $".remembered form:has([value='{id}'])")
        ).ShouldSayAnywhere("That browser was forgotten already.");
        await browser.SignOutAsync();
        await browser.SignInAsync(person);
    }

    [Fact]
    public async Task Given_all_forgotten_every_browser_is_asked_again()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await RememberAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var other = site.NewBrowser();
        await (await other.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        await other.SignOutAsync();

        var after = await browser.SubmitAsync(await browser.GoAsync(Remembered), "#forget-all");

        after.ShouldSayAnywhere("2 browsers are forgotten.").ShouldSay("No browser is remembered");
        Assert.True(await browser.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await other.TypePasswordAsync(person);
    }

    [Fact]
    public async Task Given_the_id_of_another_persons_browser_it_stays()
    {
        await using var site = await TestSite.StartAsync();
        var (theirs, victim) = await RememberAsync(site);
        var foreign = await site.InDatabaseAsync(db =>
            db.RememberedBrowsers.Select(b => b.Id).SingleAsync()
        );
        var (browser, _) = await RememberAsync(site);

        await browser.SubmitAsync(
            await browser.GoAsync(Remembered),
            ".remembered form",
            ("id", foreign.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );

        await theirs.SignOutAsync();
        await theirs.SignInAsync(victim);
    }

    [Fact]
    public async Task Given_the_app_its_page_remembers_too_and_a_recovery_code_never_does()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();
        var page = await browser.TypePasswordForAppAsync(person);
        Assert.False(
            (await browser.GoAsync("/Identity/Account/LoginWithRecoveryCode")).Has(
                "#Input_RememberMachine"
            )
        );
        await page.SubmitAsync(app.CodeAt(site.Clock.GetUtcNow()), remember: true);
        await browser.SignOutAsync();

        await browser.SignInAsync(person);
    }

    private static async Task<(Browser Browser, Person Person)> RememberAsync(TestSite site)
    {
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        Assert.True(await browser.IsSignedInAsync());
        return (browser, person);
    }

    private static async Task ShouldForgetAsync(
        Func<TestSite, Browser, Person, Task<Person>> change
    )
    {
        await using var site = await TestSite.StartAsync();
        var (other, person) = await RememberAsync(site);
        await other.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var browser = site.NewBrowser();
        await browser.SignInWithCodeAsync(site, person);
        Assert.Equal(1, await CountAsync(site));

        var changed = await change(site, browser, person);

        Assert.Equal(0, await CountAsync(site));
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var page = await PasswordAsync(other, changed);
        Assert.StartsWith(CodePage.Path, page.Path, StringComparison.Ordinal);
        Assert.False(await other.IsSignedInAsync());
    }

    private static async Task<HtmlPage> PasswordAsync(Browser browser, Person person) =>
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);

    private static Task<int> CountAsync(TestSite site) =>
        site.InDatabaseAsync(db => db.RememberedBrowsers.CountAsync());
}
