using System.Net;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Two-factor authentication that nobody, or no member of a role, can do without.</summary>
public sealed class RequiredTwoFactorTests
{
    private static readonly (string, string?) ForEverybody = (
        "Accounts:TwoFactorRequired",
        "Everybody"
    );

    [Theory]
    [InlineData("/")]
    [InlineData("/Identity/Account/Manage")]
    [InlineData("/Identity/Account/Manage/Sessions")]
    [InlineData("/Identity/Account/Manage/SecurityHistory")]
    [InlineData("/Examples/ConfirmPayment")]
    [InlineData("/no-such-page")]
    public async Task Given_no_factor_every_page_but_those_of_turning_it_on_leads_there(string path)
    {
        await using var site = await TestSite.StartAsync(ForEverybody);
        var (browser, _) = await PasswordOnlyAsync(site);

        (await browser.GoAsync(path))
            .ShouldBe(TwoFactorPage.Path)
            .ShouldSay("Your account must have it on.");
    }

    [Fact]
    public async Task Given_no_factor_nothing_can_be_posted_elsewhere_either()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var form = await browser.GoAsync("/Examples/ConfirmPayment");
        site.RequireTwoFactor();

        var answer = await browser.PostAsync(form, "#confirm-payment");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(TwoFactorPage.Path, answer.Headers.Location?.OriginalString);
        Assert.Contains(
            "no-store",
            answer.Headers.CacheControl!.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Given_no_factor_the_person_can_turn_it_on_by_message_and_then_go_on()
    {
        await using var site = await TestSite.StartAsync(ForEverybody);
        var (browser, person) = await PasswordOnlyAsync(site);

        var settings = await browser.ProveNumberAsync(site, person);
        (await browser.GoAsync("/")).ShouldBe(TwoFactorPage.Path);
        await settings.TurnOnAsync();

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_no_factor_the_person_can_set_up_an_app_and_then_go_on()
    {
        await using var site = await TestSite.StartAsync(ForEverybody);
        var (browser, _) = await PasswordOnlyAsync(site);

        await browser.SetAppUpAsync(site);

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_no_factor_and_a_stale_password_the_way_through_the_step_up_is_open()
    {
        await using var site = await TestSite.StartAsync(ForEverybody);
        var (browser, person) = await PasswordOnlyAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(6));

        var page = await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person);

        page.ShouldBe(AppSetupPage.Path);
    }

    [Fact]
    public async Task Given_no_factor_the_person_can_sign_out()
    {
        await using var site = await TestSite.StartAsync(ForEverybody);
        var (browser, _) = await PasswordOnlyAsync(site);

        await browser.SubmitAsync(await browser.GoAsync("/"), "#logoutForm");

        Assert.Equal(0, await site.CountSessionsAsync());
    }

    [Fact]
    public async Task Given_it_is_on_it_cannot_be_turned_off_nor_lose_its_last_factor()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        var page = (await TwoFactorPage.OpenAsync(browser)).Page;
        await browser.StepUpAsync(await browser.SubmitAsync(page, "#disable-two-factor"), person);
        var remove = await browser.GoAsync("/Identity/Account/Manage/RemovePhoneNumber");
        site.RequireTwoFactor();

        var off = await browser.SubmitAsync(page, "#disable-two-factor");
        off.ShouldSayAnywhere("Your account must keep two-factor authentication on.");
        var removed = await browser.SubmitAsync(remove, "#remove-phone-number");
        removed.ShouldSayAnywhere("Your account must keep two-factor authentication on.");

        Assert.False(removed.Has("#disable-two-factor"));
        var user = await site.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync());
        Assert.True(user.TwoFactorEnabled);
        Assert.Equal(person.Number, user.PhoneNumber);
    }

    [Fact]
    public async Task Given_another_factor_one_of_them_can_be_removed()
    {
        await using var site = await TestSite.StartAsync(ForEverybody);
        var (browser, person) = await PasswordOnlyAsync(site);
        await (await browser.ProveNumberAsync(site, person)).TurnOnAsync();
        await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person);
        await browser.SetAppUpAsync(site);

        var page = await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/Manage/RemovePhoneNumber"),
            "#remove-phone-number"
        );

        page.ShouldSayAnywhere("Your number is removed.");
    }

    [Fact]
    public async Task Given_a_role_its_members_must_and_others_need_not_from_the_moment_they_are_in_it()
    {
        await using var site = await TestSite.StartAsync(
            ("Accounts:TwoFactorRequired", "Role"),
            ("Accounts:TwoFactorRequiredRole", "editors")
        );
        var (browser, person) = await PasswordOnlyAsync(site);
        Assert.True(await browser.IsSignedInAsync());

        await site.PutInRoleAsync(person, "Editors");

        (await browser.GoAsync("/")).ShouldBe(TwoFactorPage.Path);
        var (other, _) = await PasswordOnlyAsync(site);
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_role_that_does_not_exist_the_log_says_at_the_start_that_nobody_must()
    {
        await using var site = await TestSite.StartAsync(
            ("Accounts:TwoFactorRequired", "Role"),
            ("Accounts:TwoFactorRequiredRole", "editor")
        );

        Assert.Single(
            site.Logs.Lines,
            line =>
                line.StartsWith("Warning", StringComparison.Ordinal)
                && line.Contains("Accounts:TwoFactorRequiredRole", StringComparison.Ordinal)
                && line.Contains("editor", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/Privacy")]
    [InlineData("/site.css")]
    public async Task Given_no_factor_what_is_nobodys_is_answered(string path)
    {
        await using var site = await TestSite.StartAsync(ForEverybody);
        var (browser, _) = await PasswordOnlyAsync(site);

        var answer = await browser.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, new Uri($"https://localhost{path}"))
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<(Browser Browser, Person Person)> PasswordOnlyAsync(TestSite site)
    {
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
        return (browser, person);
    }
}
