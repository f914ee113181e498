using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What a person does with their own account: another password, a copy of the data, an end.</summary>
[Trait("Covers", "R05")]
[Trait("Covers", "R46")]
public sealed class OwnAccountTests
{
    private const string Manage = "/Identity/Account/Manage";
    private const string NewPassword = "gnat umbra quoin fjord";

    [Fact]
    public async Task Given_the_old_password_a_new_one_takes_its_place_and_every_other_browser_is_signed_out()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var (browser, other) = (site.NewBrowser(), site.NewBrowser());
        await (await other.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.SignInWithCodeAsync(site, person);
        var stamp = await StampAsync(site);

        var after = await ChangeAsync(browser, person.Password, NewPassword);

        after.ShouldBe(Manage).ShouldSayAnywhere("Your password is changed.");
        Assert.NotEqual(stamp, await StampAsync(site));
        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
        Assert.Equal(0, await site.InDatabaseAsync(db => db.RememberedBrowsers.CountAsync()));
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await other.TypePasswordAsync(person with { Password = NewPassword });
        (
            await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
                person.Email,
                person.Password
            )
        ).ShouldSay("Invalid login attempt.");
        (await browser.GoAsync($"{Manage}/SecurityHistory")).ShouldSay("The password was changed");
    }

    [Theory]
    [InlineData("too short", "Use a password of at least 15 characters.")]
    [InlineData("passwordpassword1", "This password is one of those that are tried first")]
    public async Task Given_a_new_password_that_may_not_be_used_the_field_says_why_and_the_old_one_stays(
        string password,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();

        (await ChangeAsync(browser, person.Password, password))
            .ShouldBe($"{Manage}/ChangePassword")
            .ShouldSay(sentence);

        await site.NewBrowser().SignInAsync(person);
    }

    [Fact]
    public async Task Given_a_wrong_old_password_it_is_said_counted_and_at_five_the_session_ends()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await site.SignedInPersonAsync();
        for (var i = 0; i < 4; i++)
        {
            (await ChangeAsync(browser, "wrong", NewPassword)).ShouldSay(
                "That password is not correct."
            );
        }

        (await ChangeAsync(browser, "wrong", NewPassword)).ShouldBe("/Identity/Account/Lockout");
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_two_different_new_passwords_the_field_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var page = await browser.GoAsync($"{Manage}/ChangePassword");

        var answer = await browser.SubmitAsync(
            page,
            "#change-password-form",
            ("Input.OldPassword", person.Password),
            ("Input.NewPassword", NewPassword),
            ("Input.ConfirmPassword", NewPassword + "x")
        );

        answer.ShouldSay("The two passwords are not the same.");
    }

    [Fact]
    public async Task Given_two_changes_at_once_one_password_is_left_and_nothing_fails()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await site.SignedInPersonAsync();
        var page = await browser.GoAsync($"{Manage}/ChangePassword");

        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    Task.Run(() =>
                        browser.PostAsync(
                            page,
                            "#change-password-form",
                            ("Input.OldPassword", person.Password),
                            ("Input.NewPassword", $"{NewPassword} {i}"),
                            ("Input.ConfirmPassword", $"{NewPassword} {i}")
                        )
                    )
                )
        );

        var opened = 0;
        for (var i = 0; i < 6; i++)
        {
            // The old password of those that came too late was wrong by then, and may have locked the account.
            site.Clock.Advance(TimeSpan.FromHours(1));
            var guess = site.NewBrowser();
            await (await LoginPage.OpenAsync(guess)).SubmitAsync(
                person.Email,
                $"{NewPassword} {i}"
            );
            opened += await guess.IsSignedInAsync() ? 1 : 0;
        }

        Assert.Equal(1, opened);
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_personal_data_it_is_a_file_with_what_is_stored_and_no_key_and_only_by_its_form()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        var page = await browser.GoAsync($"{Manage}/PersonalData");

        var answer = await browser.PostAsync(page, "#download-data");

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var data = json.RootElement;
        var user = await site.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync());
        Assert.Equal(
            [user.Id, person.Email, person.Email, "True", person.Number, "True", "True"],
            new[]
            {
                "Id",
                "UserName",
                "Email",
                "EmailConfirmed",
                "PhoneNumber",
                "PhoneNumberConfirmed",
                "TwoFactorEnabled",
            }.Select(name => data.GetProperty(name).GetString())
        );
        Assert.Equal(1, data.GetProperty("SignedInBrowsers").GetArrayLength());
        Assert.True(data.GetProperty("SecurityHistory").GetArrayLength() >= 5);
        Assert.False(data.TryGetProperty("Authenticator Key", out _));
        Assert.DoesNotContain(user.PasswordHash!, data.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await browser.GoAsync($"{Manage}/DownloadPersonalData")).Status
        );
    }

    [Fact]
    public async Task Given_no_number_the_file_says_null()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await site.SignedInPersonAsync();

        var answer = await browser.PostAsync(
            await browser.GoAsync($"{Manage}/PersonalData"),
            "#download-data"
        );

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("null", json.RootElement.GetProperty("PhoneNumber").GetString());
    }

    [Fact]
    public async Task Given_an_account_with_everything_deleting_it_leaves_no_row_of_it_and_ends_at_the_start_page()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person);
        await browser.SetAppUpAsync(site);
        var pending = site.NewBrowser();
        await (await LoginPage.OpenAsync(pending)).SubmitAsync(person.Email, person.Password);
        var id = await site.InDatabaseAsync(db => db.Users.Select(u => u.Id).SingleAsync());
        var page = await browser.GoAsync($"{Manage}/DeletePersonalData");
        (await browser.SubmitAsync(page, "#delete-user", ("Input.Password", "wrong"))).ShouldSay(
            "That password is not correct."
        );

        var answer = await browser.PostAsync(
            page,
            "#delete-user",
            ("Input.Password", person.Password)
        );

        Assert.Equal("/", answer.Headers.Location?.OriginalString);
        Assert.False(await browser.IsSignedInAsync());
        var left = await site.DumpDatabaseAsync();
        Assert.DoesNotContain(id, left, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Email, left, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(person.Digits, left, StringComparison.Ordinal);
        // The address is free again.
        await site.NewBrowser().RegisterAsync(person);
    }

    [Fact]
    public async Task Given_two_factor_on_deleting_the_account_needs_a_step_up()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var browser = site.NewBrowser();
        await browser.SignInWithCodeAsync(site, person);

        (await browser.GoAsync($"{Manage}/DeletePersonalData")).ShouldBe(
            "/Identity/Account/StepUp"
        );

        Assert.Equal(1, await site.InDatabaseAsync(db => db.Users.CountAsync()));
    }

    [Fact]
    public async Task Given_the_page_for_accounts_without_password_it_leads_to_the_change()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await site.SignedInPersonAsync();

        (await browser.GoAsync($"{Manage}/SetPassword")).ShouldBe($"{Manage}/ChangePassword");
    }

    [Fact]
    public async Task Given_a_password_manager_the_well_known_address_leads_to_the_change()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await site.SignedInPersonAsync();

        (await browser.GoAsync("/.well-known/change-password")).ShouldBe(
            $"{Manage}/ChangePassword"
        );
    }

    private static async Task<HtmlPage> ChangeAsync(Browser browser, string old, string password) =>
        await browser.SubmitAsync(
            (await browser.GoAsync($"{Manage}/ChangePassword")).ShouldBe(
                $"{Manage}/ChangePassword"
            ),
            "#change-password-form",
            ("Input.OldPassword", old),
            ("Input.NewPassword", password),
            ("Input.ConfirmPassword", password)
        );

    private static Task<string?> StampAsync(TestSite site) =>
        site.InDatabaseAsync(db => db.Users.Select(u => u.SecurityStamp).SingleAsync());
}
