using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Wrong codes: per account over every code, purpose and instance, however often a new code is asked for.</summary>
[Trait("Covers", "R06")]
[Trait("Covers", "T07")]
[Trait("Covers", "L4")]
[Trait("Covers", "L5")]
[Trait("Covers", "L6")]
public sealed class GuessLimitsTests
{
    private const string Spent =
        "Too many wrong codes were typed for your account, so none is checked for now.";
    private const string NotSent =
        "Too many wrong codes were typed for your account, so none is sent or checked for now.";
    private const string Off =
        "So many wrong codes were typed for your account that codes are switched off for it.";

    // Infobip takes five checks in five seconds.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task Given_ten_wrong_codes_over_several_codes_not_even_a_right_one_is_checked_for_an_hour_and_a_day(
        int secondsFromEnd,
        bool isTaken
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var begin = await GuessAsync(site, person, codes: 2);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var browser = site.NewBrowser();
        var sends = site.Sends;

        var page = await TypePasswordAsync(browser, person);

        page.ShouldBe(CodePage.Path).ShouldSay(NotSent).ShouldSay("support@otp2fa.example");
        Assert.Equal(sends, site.Sends);
        site.Clock.SetUtcNow(begin.AddDays(1).AddSeconds(secondsFromEnd));
        page = await TypePasswordAsync(browser, person);
        if (!isTaken)
        {
            page.ShouldSay($"{NotSent} You can get one in 1 second.");
            return;
        }

        await new CodePage(browser, page).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_budget_is_spent_a_code_that_is_on_its_way_is_neither_checked_nor_used_up()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:GuessesPerHour", "3"),
            ("Limits:GuessesPerDay", "3")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        for (var i = 0; i < 3; i++)
        {
            await code.SubmitAsync(site.WrongCode(person));
        }

        var checks = site.Verifies;
        var answer = await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal([$"{Spent} You can use a code again in 24 hours."], answer.Errors);
        Assert.Equal(checks, site.Verifies);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Equal(0, await site.PasswordFailuresAsync());
    }

    [Fact]
    public async Task Given_codes_of_eight_digits_twenty_wrong_ones_a_day_are_taken()
    {
        await using var site = await TestSite.StartAsync(("TwoFactor:PinLength", "8"));
        var person = await site.PersonWithTwoFactorAsync();
        await GuessAsync(site, person, codes: 2);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await GuessAsync(site, person, codes: 2);
        site.Clock.Advance(TimeSpan.FromHours(1));

        (await TypePasswordAsync(site.NewBrowser(), person)).ShouldSay(NotSent);
    }

    [Fact]
    public async Task Given_right_codes_they_take_nothing_from_the_budget()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:GuessesPerHour", "2"),
            ("Limits:GuessesPerDay", "2")
        );
        var person = await site.PersonWithTwoFactorAsync();
        for (var i = 0; i < 4; i++)
        {
            var browser = site.NewBrowser();
            await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Given_codes_that_are_dead_expired_or_not_tried_they_take_nothing_from_the_budget()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:GuessesPerHour", "2"),
            ("Limits:GuessesPerDay", "2")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.WithStatus(503));
        await code.SubmitAsync(site.WrongCode(person));
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.Throttled());
        await code.SubmitAsync(site.WrongCode(person));
        site.ChangeSetting("Outage:Declared", "true");
        await code.SubmitAsync(site.WrongCode(person));
        site.ChangeSetting("Outage:Declared", "false");
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        for (var i = 0; i < 5; i++)
        {
            (await code.SubmitAsync(site.CodeOnPhone(person))).ShouldSay("That code has expired.");
        }

        var again = await browser.TypePasswordAsync(person);
        await again.SubmitAsync(site.WrongCode(person));
        await again.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(
            1,
            await site.InDatabaseAsync(db =>
                db.LimitUses.CountAsync(u =>
                    u.Rule == Otp2fa.Web.Data.LimitRule.AccountGuesses && !u.IsReturned
                )
            )
        );
    }

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    public async Task Given_two_codes_within_a_second_the_second_is_not_tried_and_costs_nothing(
        int milliseconds,
        bool isTried
    )
    {
        await using var site = await TestSite.StartAsync(("Limits:GuessSpacing", "00:00:01"));
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        await code.SubmitAsync(site.WrongCode(person));
        var checks = site.Verifies;
        site.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

        var answer = await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal(checks + (isTried ? 1 : 0), site.Verifies);
        Assert.Equal(isTried, await browser.IsSignedInAsync());
        if (!isTried)
        {
            Assert.Equal(
                [
                    "That was too quick. Your code was not tried. Wait a moment and enter it again; this code takes 4 more tries.",
                ],
                answer.Errors
            );
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            await code.SubmitAsync(site.CodeOnPhone(person));
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Given_sixty_wrong_codes_at_once_on_two_instances_one_is_tried_and_nobody_is_in()
    {
        await using var site = await TestSite.StartAsync(("Limits:GuessSpacing", "00:00:01"));
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        SiteFactory[] hosts = [site.Host, site.StartHost()];
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var wrong = site.WrongCode(person);
        var checks = site.Verifies;

        await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(i =>
                    Task.Run(() =>
                        browser
                            .CloneTo(hosts[i % 2])
                            .PostAsync(code.Page, "form", ("Input.TwoFactorCode", wrong))
                    )
                )
        );

        Assert.Equal(checks + 1, site.Verifies);
        Assert.Equal(0, await site.CountSessionsAsync());
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_fifty_wrong_codes_in_a_row_over_days_codes_are_off_until_a_number_is_bound_again()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:WrongCodesInARow", "5"),
            ("Accounts:SessionIdle", "1.00:00:00")
        );
        var person = Person.New();
        var owner = site.NewBrowser();
        await owner.EnrolAsync(site, person);
        for (var day = 0; day < 2; day++)
        {
            var guesser = site.NewBrowser();
            var code = await guesser.TypePasswordAsync(person);
            for (var i = 0; i < (day == 0 ? 3 : 2); i++)
            {
                await code.SubmitAsync(site.WrongCode(person));
            }

            Assert.False(await guesser.IsSignedInAsync());
            site.Clock.Advance(TimeSpan.FromHours(2));
        }

        var sends = site.Sends;
        var browser = site.NewBrowser();
        var page = await TypePasswordAsync(browser, person);
        page.ShouldBe(CodePage.Path).ShouldSay(Off).ShouldSay("Who can help:");
        Assert.False(page.Has("main form"));
        Assert.Equal(sends, site.Sends);
        Assert.Single(
            site.Logs.Lines,
            line => line.Contains("Codes switched off for user", StringComparison.Ordinal)
        );

        // Signed in since before, the owner proves the number again.
        await site.InDatabaseAsync(db =>
            db.Sessions.ExecuteUpdateAsync(set =>
                set.SetProperty(s => s.PasswordUtc, site.Clock.GetUtcNow())
                    .SetProperty(s => s.FactorUtc, site.Clock.GetUtcNow())
            )
        );
        await owner.ProveNumberAsync(site, person);
        var again = await browser.TypePasswordAsync(person);
        await again.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("re-bound by the same browser")]
    [InlineData("superseded by another browser")]
    public async Task Given_a_wrong_code_whose_challenge_is_overtaken_while_it_is_checked_it_still_counts(
        string how
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var release = new TaskCompletionSource();
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.HeldUntil(release.Task));
        var checks = site.Verifies;

        var guess = browser
            .CloneTo(site.Host)
            .PostAsync(code.Page, "form", ("Input.TwoFactorCode", site.WrongCode(person)));
        await site.EventuallyAsync(() => Task.FromResult(site.Verifies == checks + 1));
        await TypePasswordAsync(
            how.StartsWith("re-bound", StringComparison.Ordinal) ? browser : site.NewBrowser(),
            person
        );
        release.SetResult();
        await guess;

        Assert.Equal(
            1,
            await site.InDatabaseAsync(db => db.Users.Select(u => u.WrongCodesInARow).SingleAsync())
        );
        Assert.Equal(1, await CountGuessesAsync(site));
    }

    [Fact]
    public async Task Given_the_last_wrong_code_of_a_budget_the_page_promises_no_more_tries_and_offers_no_form()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:GuessesPerHour", "3"),
            ("Limits:GuessesPerDay", "3")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        await code.SubmitAsync(site.WrongCode(person));
        await code.SubmitAsync(site.WrongCode(person));

        var last = await code.SubmitAsync(site.WrongCode(person));

        Assert.Equal([$"{Spent} You can use a code again in 24 hours."], last.Errors);
        Assert.False(last.Has("main form"));
        var page = await browser.GoAsync(CodePage.Path);
        page.ShouldSay(Spent);
        Assert.False(page.Has("main form"));
        Assert.True(page.Has("#recovery-code-login"));
    }

    [Fact]
    public async Task Given_the_wrong_code_that_switches_codes_off_the_page_says_so_at_once()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:WrongCodesInARow", "5"),
            ("TwoFactor:MaxAttempts", "10")
        );
        var person = await site.PersonWithTwoFactorAsync();
        await site.InDatabaseAsync(db =>
            db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.WrongCodesInARow, 4))
        );
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);

        var last = await code.SubmitAsync(site.WrongCode(person));

        Assert.StartsWith(Off, Assert.Single(last.Errors), StringComparison.Ordinal);
        Assert.False((await browser.GoAsync(CodePage.Path)).Has("main form"));
    }

    [Fact]
    public async Task Given_codes_switched_off_a_recovery_code_leads_to_a_number_bound_again()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var shown = await (await browser.ProveNumberAsync(site, person)).TurnOnAndLookAsync();
        await shown.KeepAsync();
        await browser.SignOutAsync();
        await site.InDatabaseAsync(db =>
            db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.WrongCodesInARow, 50))
        );

        (await TypePasswordAsync(browser, person)).ShouldSay(Off);
        await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/LoginWithRecoveryCode"),
            "form",
            ("Input.RecoveryCode", shown.Codes[0])
        );
        await browser.SubmitAsync(
            await browser.GoAsync("/Identity/Account/StepUp?ReturnUrl=%2FPrivacy"),
            "#step-up",
            ("Input.Password", person.Password)
        );
        await browser.ProveNumberAsync(site, person);

        await browser.SignOutAsync();
        var code = await browser.TypePasswordAsync(person);
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_number_that_was_proved_and_not_bound_codes_stay_off()
    {
        await using var site = await TestSite.StartAsync(("Limits:AccountsPerNumber", "1"));
        var owner = await site.PersonWithTwoFactorAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await site.InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.WrongCodesInARow, 50))
        );

        var verify = await browser.StartNumberAsync(owner.Number);
        (
            await browser.SubmitAsync(
                verify,
                "#verify-phone-number",
                ("Input.Code", site.CodeOnPhone(owner))
            )
        ).ShouldSay("this number is already used");

        Assert.Equal(
            50,
            await site.InDatabaseAsync(db =>
                db.Users.Where(u => u.Email == person.Email)
                    .Select(u => u.WrongCodesInARow)
                    .SingleAsync()
            )
        );
    }

    [Fact]
    public async Task Given_a_right_code_the_wrong_ones_before_it_are_not_in_a_row_any_more()
    {
        await using var site = await TestSite.StartAsync(("Limits:WrongCodesInARow", "5"));
        var person = await site.PersonWithTwoFactorAsync();
        for (var i = 0; i < 2; i++)
        {
            var browser = site.NewBrowser();
            var code = await browser.TypePasswordAsync(person);
            for (var wrong = 0; wrong < 4; wrong++)
            {
                await code.SubmitAsync(site.WrongCode(person));
                site.Clock.Advance(BetweenTries);
            }

            await code.SubmitAsync(site.CodeOnPhone(person));
            Assert.True(await browser.IsSignedInAsync());
            site.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Given_a_code_right_after_codes_were_switched_off_it_is_not_tried()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:WrongCodesInARow", "5"),
            ("TwoFactor:MaxAttempts", "10")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        for (var i = 0; i < 4; i++)
        {
            await code.SubmitAsync(site.WrongCode(person));
        }

        await site.InDatabaseAsync(db =>
            db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.WrongCodesInARow, 5))
        );
        var checks = site.Verifies;

        var answer = await code.SubmitAsync(site.CodeOnPhone(person));

        answer.ShouldSay(Off);
        Assert.Equal(checks, site.Verifies);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_wrong_password_or_a_lock_in_between_the_count_of_wrong_codes_stays()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var code = await site.NewBrowser().TypePasswordAsync(person);
        await code.SubmitAsync(site.WrongCode(person));
        // Identity saves the whole account with the new number of failures.
        await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
            person.Email,
            "not the password at all"
        );

        Assert.Equal(
            1,
            await site.InDatabaseAsync(db => db.Users.Select(u => u.WrongCodesInARow).SingleAsync())
        );
    }

    private static Task<int> CountGuessesAsync(TestSite site) =>
        site.InDatabaseAsync(db =>
            db.LimitUses.CountAsync(u =>
                u.Rule == Otp2fa.Web.Data.LimitRule.AccountGuesses && !u.IsReturned
            )
        );

    /// <summary>Five wrong codes each of several codes.</summary>
    /// <returns>When the first was typed.</returns>
    private static async Task<DateTimeOffset> GuessAsync(TestSite site, Person person, int codes)
    {
        DateTimeOffset? begin = null;
        for (var i = 0; i < codes; i++)
        {
            site.Clock.Advance(TimeSpan.FromMinutes(2));
            var code = await site.NewBrowser().TypePasswordAsync(person);
            for (var wrong = 0; wrong < 5; wrong++)
            {
                begin ??= site.Clock.GetUtcNow();
                await code.SubmitAsync(site.WrongCode(person));
                site.Clock.Advance(BetweenTries);
            }
        }

        return begin!.Value;
    }

    private static async Task<HtmlPage> TypePasswordAsync(Browser browser, Person person) =>
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
}
