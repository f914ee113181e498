using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

[Trait("Covers", "R13")]
[Trait("Covers", "R27")]
[Trait("Covers", "L4")]
public sealed class TypingCodesTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);

    // Infobip takes five tries in five seconds of one number; people are slower.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Given_a_wrong_code_the_page_says_so_and_how_many_tries_are_left_and_the_right_code_still_works()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);

        var answer = await code.SubmitAsync(site.WrongCode(person));

        Assert.Equal(
            ["That code is not correct. Check the message and try again; you have 4 more tries."],
            answer.Errors
        );
        Assert.StartsWith("Error: ", answer.Document.Title, StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
        await new CodePage(browser, answer).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_code_one_second_before_its_end_it_is_taken()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);

        site.Clock.Advance(CodeLife - Second);
        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_code_at_its_end_it_is_refused_as_expired_and_Infobip_is_not_asked()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var before = site.Verifies;

        site.Clock.Advance(CodeLife);
        var answer = await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal(["That code has expired."], answer.Errors);
        Assert.True(answer.Has("#new-code[href^='/Identity/Account/ResendCode']"));
        Assert.Equal(before, site.Verifies);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_Infobip_still_takes_an_old_code_the_site_does_not()
    {
        // The site's own end holds whatever Infobip is set to: here ten minutes there, five here.
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Infobip.Faults.ForAll(
            InfobipOperation.VerifyPin,
            Fault.WithBody("""{"verified":true}""")
        );

        site.Clock.Advance(CodeLife + Second);
        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_five_wrong_codes_not_even_the_right_one_works_and_Infobip_is_asked_no_more()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var before = site.Verifies;

        HtmlPage answer = code.Page;
        for (var i = 0; i < 5; i++)
        {
            answer = await code.SubmitAsync(site.WrongCode(person));
            site.Clock.Advance(BetweenTries);
        }

        Assert.Equal(
            ["This code was tried too often or used already, and cannot be used any more."],
            answer.Errors
        );
        answer = await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.Equal(
            ["This code was tried too often or used already, and cannot be used any more."],
            answer.Errors
        );
        Assert.Equal(before + 5, site.Verifies);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_wrong_codes_the_account_is_not_locked_and_its_password_failures_stay_at_zero()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        for (var i = 0; i < 5; i++)
        {
            await code.SubmitAsync(site.WrongCode(person));
            site.Clock.Advance(BetweenTries);
        }

        Assert.Equal(0, await site.PasswordFailuresAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var again = await browser.TypePasswordAsync(person);
        await again.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_used_code_a_copy_of_the_pending_cookie_opens_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var thief = browser.CloneTo(site.Host);
        await code.SubmitAsync(site.CodeOnPhone(person));
        var before = site.Verifies;

        var stolen = await thief.GoAsync(CodePage.Path);
        var replayed = await thief.SubmitAsync(
            code.Page,
            "form",
            ("Input.TwoFactorCode", site.CodeOnPhone(person))
        );

        stolen
            .ShouldBe(LoginPage.Path)
            .ShouldSay(
                "That sign-in took too long, was finished in another window, or the account was changed."
            );
        replayed.ShouldBe(LoginPage.Path);
        Assert.False(await thief.IsSignedInAsync());
        Assert.Equal(before, site.Verifies);
    }

    [Theory]
    [InlineData("", "Enter the security code.")]
    [InlineData("   ", "Enter the security code.")]
    [InlineData("12345", "Enter the security code using only 6 digits.")]
    [InlineData("1234567", "Enter the security code using only 6 digits.")]
    [InlineData("12345a", "Enter the security code using only 6 digits.")]
    [InlineData("١٢٣٤٥٦", "Enter the security code using only 6 digits.")]
    [InlineData("１２３４５６", "Enter the security code using only 6 digits.")]
    public async Task Given_what_is_no_code_the_field_says_so_and_no_try_is_spent(
        string typed,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var before = site.Verifies;

        var answer = await code.SubmitAsync(typed);

        Assert.Equal([sentence], answer.Errors);
        Assert.Equal(
            "true",
            answer.One<AngleSharp.Dom.IElement>("#Input_TwoFactorCode").GetAttribute("aria-invalid")
        );
        Assert.Equal(before, site.Verifies);
        Assert.Equal(
            0,
            await site.InDatabaseAsync(db =>
                db.PinChallenges.Where(c => c.Purpose == Otp2fa.Web.Data.ChallengePurpose.SignIn)
                    .SumAsync(c => c.Attempts)
            )
        );
    }

    [Theory]
    [InlineData("{0}{1}{2} {3}{4}{5}")]
    [InlineData(" {0} {1} {2} {3} {4} {5} ")]
    [InlineData("{0}{1}{2}-{3}{4}{5}")]
    [InlineData("{0}{1}{2}\u2013{3}{4}{5}")]
    [InlineData("{0}{1}{2}\u00a0{3}{4}{5}")]
    public async Task Given_a_code_with_spaces_or_dashes_it_is_taken(string spelling)
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);

        var digits = site.CodeOnPhone(person).Select(d => (object)d).ToArray();
        await code.SubmitAsync(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, spelling, digits)
        );

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_rejected_code_it_is_not_written_back_into_the_page()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var wrong = site.WrongCode(person);

        var answer = await code.SubmitAsync(wrong);

        Assert.DoesNotContain(wrong, answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_lost_cookie_the_code_page_leads_back_to_the_password_with_a_sentence()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person, "/Privacy");
        browser
            .Cookies.GetAllCookies()
            .Single(cookie => cookie.Name == "Otp2fa.PendingSignIn")
            .Expired = true;

        var posted = await code.SubmitAsync(site.CodeOnPhone(person));
        var seen = await browser.GoAsync(CodePage.Path + "?ReturnUrl=%2FPrivacy");

        posted.ShouldBe(LoginPage.Path).ShouldSay("Sign in again.");
        Assert.False(await browser.IsSignedInAsync());

        seen.ShouldBe(LoginPage.Path).ShouldSay("Sign in again.");
        Assert.Equal("?ReturnUrl=%2FPrivacy", seen.Address.Query);
    }

    [Fact]
    public async Task Given_a_pending_sign_in_at_its_end_of_fifteen_minutes_it_is_lost_however_often_it_was_looked_at()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        for (var minute = 0; minute < 14; minute++)
        {
            site.Clock.Advance(TimeSpan.FromMinutes(1));
            (await browser.GoAsync(CodePage.Path)).ShouldBe(CodePage.Path);
        }

        site.Clock.Advance(TimeSpan.FromMinutes(1) - Second);
        (await browser.GoAsync(CodePage.Path)).ShouldBe(CodePage.Path);
        site.Clock.Advance(Second);
        (await browser.GoAsync(CodePage.Path)).ShouldBe(LoginPage.Path);
    }

    [Fact]
    public async Task Given_an_account_locked_after_the_password_the_code_step_says_locked_and_the_code_opens_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        await site.LockAsync(person, TimeSpan.FromMinutes(15));

        var answer = await code.SubmitAsync(site.CodeOnPhone(person));

        answer
            .ShouldBe("/Identity/Account/Lockout")
            .ShouldSay("the account was closed for a while");
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_codes_of_eight_digits_the_whole_way_takes_eight()
    {
        await using var site = await TestSite.StartAsync(("TwoFactor:PinLength", "8"));
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        code.Page.ShouldSay("We sent a security code of 8 digits");

        var six = await code.SubmitAsync("123456");
        Assert.Equal(["Enter the security code using only 8 digits."], six.Errors);
        Assert.Equal(8, site.CodeOnPhone(person).Length);
        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_wrong_password_of_a_stranger_while_the_right_code_is_checked_the_owner_gets_in()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, "a mistyped password");
        var code = await browser.TypePasswordAsync(person);
        var release = new TaskCompletionSource();
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.HeldUntil(release.Task));
        var stranger = await LoginPage.OpenAsync(site.NewBrowser());

        var submitting = Task.Run(() => code.SubmitAsync(site.CodeOnPhone(person)));
        await site.EventuallyAsync(() => Task.FromResult(site.Verifies == 2));
        await stranger.SubmitAsync(person.Email, "not the password at all");
        Assert.Equal(1, await site.PasswordFailuresAsync());
        release.SetResult();
        await submitting;

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(1, await site.PasswordFailuresAsync());
    }

    [Fact]
    public async Task Given_a_stranger_s_wrong_passwords_after_the_right_one_the_owner_s_code_opens()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var stranger = site.NewBrowser();
        for (var i = 0; i < 6; i++)
        {
            await (await LoginPage.OpenAsync(stranger)).SubmitAsync(
                person.Email,
                "not the password at all"
            );
        }

        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_browser_goes_away_while_the_right_code_is_checked_the_session_is_there_all_the_same()
    {
        await using var site = await TestSite.StartOnPortAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var release = new TaskCompletionSource();
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.HeldUntil(release.Task));
        using var closing = new CancellationTokenSource();

        var leaving = browser.SendAsync(
            Browser.Request(code.Page, "form", ("Input.TwoFactorCode", site.CodeOnPhone(person))),
            closing.Token
        );
        await site.EventuallyAsync(() => Task.FromResult(site.Verifies == 2));
        await closing.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        release.SetResult();

        await site.EventuallyAsync(async () => await site.CountSessionsAsync() == 1);
        Assert.Equal(0, await site.InDatabaseAsync(db => db.PendingTickets.CountAsync()));
        site.ShouldHaveLoggedNoError();
    }
}
