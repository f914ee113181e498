using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The step between password and code: whose it is, and what copies of it are worth.</summary>
[Trait("Covers", "R13")]
[Trait("Covers", "R22")]
[Trait("Covers", "T01")]
[Trait("Covers", "T02")]
[Trait("Covers", "T10")]
public sealed class PendingSignInTests
{
    private const string Cookie = "Otp2fa.PendingSignIn";

    [Fact]
    public async Task Given_a_second_account_over_a_pending_cookie_each_code_opens_only_its_own_account()
    {
        await using var site = await TestSite.StartAsync();
        var first = await site.PersonWithTwoFactorAsync();
        var second = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(first);
        var code = await browser.TypePasswordAsync(second);

        var answer = await code.SubmitAsync(site.CodeOnPhone(first));
        Assert.False(await browser.IsSignedInAsync());
        await new CodePage(browser, answer).SubmitAsync(site.CodeOnPhone(second));

        Assert.Contains(second.Email, (await browser.GoAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_planted_pending_cookie_the_next_sign_in_gets_a_new_key_and_the_planted_one_is_dead()
    {
        await using var site = await TestSite.StartAsync();
        var attacker = await site.PersonWithTwoFactorAsync();
        var victim = await site.PersonWithTwoFactorAsync();
        var planted = site.NewBrowser();
        await planted.TypePasswordAsync(attacker);
        var shared = planted.CloneTo(site.Host);

        var code = await shared.TypePasswordAsync(victim);

        Assert.NotEqual(planted.CookieValue(Cookie), shared.CookieValue(Cookie));
        (await planted.GoAsync(CodePage.Path)).ShouldBe(LoginPage.Path);
        await code.SubmitAsync(site.CodeOnPhone(victim));
        Assert.True(await shared.IsSignedInAsync());
        Assert.False(await planted.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_password_again_in_the_same_browser_the_old_pending_ticket_is_emptied_and_its_row_goes_soon()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        await browser.TypePasswordAsync(person);

        Assert.Equal(
            [true, false],
            await site.InDatabaseAsync(db =>
                db.PendingTickets.OrderBy(t => t.ExpiresUtc)
                    .Select(t => t.Payload.Length == 0)
                    .ToListAsync()
            )
        );
        site.Clock.Advance(TimeSpan.FromSeconds(10));
        await site.PurgeAsync();
        Assert.Equal(1, await site.InDatabaseAsync(db => db.PendingTickets.CountAsync()));
    }

    [Fact]
    public async Task Given_a_newer_code_the_older_one_opens_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var old = site.NewBrowser();
        var oldPage = await old.TypePasswordAsync(person);
        var oldCode = site.CodeOnPhone(person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var browser = site.NewBrowser();
        var page = await browser.TypePasswordAsync(person);
        var before = site.Verifies;

        var answer = await oldPage.SubmitAsync(oldCode);

        Assert.Equal(
            [
                "That code cannot be used any more, because it was used, a newer one was sent, or your account was changed.",
            ],
            answer.Errors
        );
        Assert.Equal(before, site.Verifies);
        await page.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await old.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_pending_cookie_alone_no_page_of_the_account_opens()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);

        (await browser.GoAsync("/Identity/Account/Manage")).ShouldBe(LoginPage.Path);
        (await browser.GoAsync("/Identity/Account/Manage/TwoFactorAuthentication")).ShouldBe(
            LoginPage.Path
        );
        (await browser.GoAsync("/Identity/Account/StepUp")).ShouldBe(LoginPage.Path);
    }

    [Fact]
    public async Task Given_the_account_changed_between_send_and_check_the_code_opens_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var page = await browser.TypePasswordAsync(person);
        // As a password reset elsewhere would.
        await site.InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "CHANGED"))
        );
        var before = site.Verifies;

        var answer = await page.SubmitAsync(site.CodeOnPhone(person));

        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(before, site.Verifies);
        answer.ShouldBe(LoginPage.Path).ShouldSay("or the account was changed. Sign in again.");
    }

    [Fact]
    public async Task Given_a_number_changed_since_the_password_no_page_of_the_pending_sign_in_shows_its_digits()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        await site.InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(u => u.SecurityStamp, "CHANGED")
                        .SetProperty(u => u.PhoneNumber, "+447700900987")
                )
        );

        (await browser.GoAsync(CodePage.Path)).ShouldBe(LoginPage.Path);
        (await browser.GoAsync("/Identity/Account/ResendCode")).ShouldBe(LoginPage.Path);
    }

    [Fact]
    public async Task Given_a_pending_sign_in_the_browser_holds_no_pinId_and_the_database_no_clear_one()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        var pinId = site.Infobip.Calls.All[^1].PinId!;

        Assert.DoesNotContain(pinId, site.DecryptCookie(browser, Cookie), StringComparison.Ordinal);
        Assert.DoesNotContain(pinId, await site.DumpDatabaseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_forged_or_broken_pending_cookie_the_code_page_leads_back_to_the_password()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        var value = browser.CookieValue(Cookie)!;
        foreach (
            var forged in new[]
            {
                "x",
                value[..^4],
                value + "AAAA",
                "chunks-9",
                new string('A', 3000),
            }
        )
        {
            var other = site.NewBrowser();
            other.Cookies.Add(
                new Uri("https://localhost"),
                new System.Net.Cookie(Cookie, forged, "/")
            );
            (await other.GoAsync(CodePage.Path)).ShouldBe(LoginPage.Path);
        }
    }

    [Fact]
    public async Task Given_a_deleted_account_its_pending_sign_in_and_session_end()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var signedIn = site.NewBrowser();
        await signedIn.EnrolAsync(site, person);
        var browser = site.NewBrowser();
        var page = await browser.TypePasswordAsync(person);
        await site.InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email).ExecuteDeleteAsync()
        );

        (await page.SubmitAsync(site.CodeOnPhone(person))).ShouldBe(LoginPage.Path);
        Assert.False(await signedIn.IsSignedInAsync());
    }
}
