using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The codes for the day without the phone: made, shown once, used once, counted, kept from everybody else.</summary>
[Trait("Covers", "R14")]
[Trait("Covers", "T15")]
[Trait("Covers", "T27")]
[Trait("Covers", "T29")]
[Trait("Covers", "L7")]
public sealed class RecoveryCodeTests
{
    private const string Recovery = "/Identity/Account/LoginWithRecoveryCode";
    private const string Generate = "/Identity/Account/Manage/GenerateRecoveryCodes";
    private const string Wrong =
        "That is not one of your recovery codes, or it was used already. Check it, or use another one.";

    [Fact]
    public async Task Given_two_factor_turned_on_ten_codes_are_shown_until_they_are_kept()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, shown) = await site.TurnOnAsync(Person.New());

        Assert.Equal(10, shown.Codes.Distinct().Count());
        var again = new RecoveryCodesPage(browser, await browser.GoAsync(RecoveryCodesPage.Path));
        Assert.Equal(shown.Codes, again.Codes);
        (await browser.GoAsync(TwoFactorPage.Path)).ShouldSay(
            "You have no recovery codes that you said to have kept."
        );

        (await again.KeepAsync())
            .ShouldBe(TwoFactorPage.Path)
            .ShouldSay("You have 10 recovery codes");
        (await browser.GoAsync(RecoveryCodesPage.Path)).ShouldBe(TwoFactorPage.Path);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_codes_that_nobody_kept_they_are_shown_for_ten_minutes_and_new_ones_are_offered_after(
        int secondsFromEnd,
        bool areShown
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);

        site.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(secondsFromEnd));
        var page = await browser.GoAsync(RecoveryCodesPage.Path);

        page.ShouldBe(areShown ? RecoveryCodesPage.Path : TwoFactorPage.Path);
        (await browser.GoAsync(TwoFactorPage.Path)).ShouldSay("Make recovery codes now");
        await site.PurgeAsync();
        Assert.Equal(
            areShown ? 1 : 0,
            await site.InDatabaseAsync(db => db.ShownRecoveryCodes.CountAsync())
        );
        // They work all the same: the person may have written them down.
        await browser.SignOutAsync();
        (await UseAsync(browser, person, shown.Codes[0])).ShouldBe("/");
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_codes_that_are_shown_no_other_session_of_the_person_sees_them_and_a_sign_out_ends_them()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, _) = await site.TurnOnAsync(person);
        var other = site.NewBrowser();
        await (await other.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));

        (await other.GoAsync(RecoveryCodesPage.Path)).ShouldBe(TwoFactorPage.Path);
        await browser.SignOutAsync();

        Assert.Equal(0, await site.InDatabaseAsync(db => db.ShownRecoveryCodes.CountAsync()));
    }

    [Fact]
    public async Task Given_codes_that_are_shown_they_can_be_downloaded_and_stand_in_no_cookie_address_or_log()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, shown) = await site.TurnOnAsync(Person.New());

        var file = await browser.PostAsync(shown.Page, "#download-codes");

        Assert.Equal("text/plain", file.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Contains(
            "no-store",
            file.Headers.CacheControl!.ToString(),
            StringComparison.Ordinal
        );
        var text = await file.Content.ReadAsStringAsync();
        Assert.All(shown.Codes, code => Assert.Contains(code, text, StringComparison.Ordinal));
        var elsewhere =
            string.Join('\n', [.. browser.SetCookies, .. browser.Visited, .. site.Logs.Lines])
            + await site.DumpDatabaseAsync();
        Assert.All(
            shown.Codes,
            code =>
            {
                Assert.DoesNotContain(code, elsewhere, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(
                    code.Replace("-", "", StringComparison.Ordinal),
                    elsewhere,
                    StringComparison.OrdinalIgnoreCase
                );
            }
        );
    }

    [Fact]
    public async Task Given_a_lost_phone_a_code_opens_the_account_once_as_a_full_second_factor_and_says_how_many_are_left()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);
        await shown.KeepAsync();
        await browser.SignOutAsync();
        var codePage = await browser.TypePasswordAsync(person, "/Privacy");
        var page = await browser.GoAsync(
            codePage
                .Page.One<AngleSharp.Html.Dom.IHtmlAnchorElement>("#recovery-code-login")
                .GetAttribute("href")!
        );
        Assert.Single(page.Document.QuerySelectorAll("form"));
        Assert.Single(page.Document.QuerySelectorAll("form [type=submit]"));

        var done = await browser.SubmitAsync(
            page,
            "form",
            ("Input.RecoveryCode", $"  {shown.Codes[3].Replace('-', ' ')} ".ToLowerInvariant())
        );

        done.ShouldBe("/Privacy")
            .ShouldSayAnywhere(
                "You signed in with a recovery code. It cannot be used again; 9 are left."
            );
        Assert.True(
            await site.InDatabaseAsync(db => db.Sessions.Select(s => s.MultiFactor).SingleAsync())
        );
        // The factor counts as fresh: with the password typed again a new number can be proved.
        var moved = Person.New();
        var step = await browser.GoAsync("/Identity/Account/StepUp?ReturnUrl=%2FPrivacy");
        (await browser.SubmitAsync(step, "#step-up", ("Input.Password", person.Password))).ShouldBe(
            "/Privacy"
        );
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser.ProveNumberAsync(site, moved);

        await browser.SignOutAsync();
        (await UseAsync(browser, person, shown.Codes[3])).ShouldBe(Recovery).ShouldSay(Wrong);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_new_codes_made_in_ten_windows_of_two_browsers_at_once_ten_are_left_and_those_shown_work()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);
        await shown.KeepAsync();
        var other = site.NewBrowser(site.StartHost());
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.SignInWithCodeAsync(site, person);
        var forms = new List<(Browser Browser, HtmlPage Page)>();
        foreach (var who in new[] { browser, other })
        {
            await who.StepUpAsync(
                await who.SubmitAsync(await who.GoAsync(Generate), "main #generate-recovery-codes"),
                person
            );
            forms.Add((who, await who.GoAsync(Generate)));
        }

        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i => forms[i % 2])
                .Select(form =>
                    Task.Run(() =>
                        form.Browser.PostAsync(form.Page, "main #generate-recovery-codes")
                    )
                )
        );

        Assert.Equal(10, await site.InDatabaseAsync(db => db.RecoveryCodes.CountAsync()));
        Assert.Equal(1, await site.InDatabaseAsync(db => db.ShownRecoveryCodes.CountAsync()));
        var pages = new List<HtmlPage>();
        foreach (var who in new[] { browser, other })
        {
            pages.Add(await who.GoAsync(RecoveryCodesPage.Path));
        }

        var codes = new RecoveryCodesPage(
            browser,
            pages.Single(page => page.Path == RecoveryCodesPage.Path)
        ).Codes;
        await browser.SignOutAsync();
        (await UseAsync(browser, person, codes[0])).ShouldBe("/");
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_wrong_codes_for_many_accounts_from_one_address_the_twenty_first_in_an_hour_is_not_tried()
    {
        // On a real connection, which has an address.
        await using var site = await TestSite.StartOnPortAsync();
        var last = Person.New();
        var (browser, shown) = await site.TurnOnAsync(last);
        await browser.SignOutAsync();
        for (var i = 0; i < 4; i++)
        {
            var other = await site.PersonWithTwoFactorAsync();
            var guesser = site.NewBrowser();
            for (var guess = 0; guess < 5; guess++)
            {
                (await UseAsync(guesser, other, shown.Codes[guess])).ShouldSay(Wrong);
            }
        }

        (await UseAsync(browser, last, shown.Codes[0])).ShouldSay(
            "Too many wrong recovery codes were typed"
        );
        Assert.Equal(
            0,
            await site.InDatabaseAsync(db => db.RecoveryCodes.CountAsync(c => c.UsedUtc != null))
        );
    }

    [Fact]
    public async Task Given_an_older_page_of_codes_nobody_can_say_to_have_kept_the_newer_ones_by_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, older) = await site.TurnOnAsync(person);
        await browser.StepUpAsync(
            await browser.SubmitAsync(
                await browser.GoAsync(Generate),
                "main #generate-recovery-codes"
            ),
            person
        );
        var newer = new RecoveryCodesPage(
            browser,
            await browser.SubmitAsync(
                await browser.GoAsync(Generate),
                "main #generate-recovery-codes"
            )
        );

        var answer = await browser.SubmitAsync(older.Page, "#codes-kept");

        Assert.Equal(newer.Codes, new RecoveryCodesPage(browser, answer).Codes);
        answer.ShouldSayAnywhere("Those codes do not work any more.");
        (await browser.GoAsync(TwoFactorPage.Path)).ShouldSay(
            "You have no recovery codes that you said to have kept."
        );
    }

    [Fact]
    public async Task Given_two_factor_turned_off_no_page_shows_its_dead_codes()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, _) = await site.TurnOnAsync(person);
        await browser.StepUpAsync(
            await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync(),
            person
        );
        await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync();

        (await browser.GoAsync(RecoveryCodesPage.Path)).ShouldBe(TwoFactorPage.Path);
    }

    [Fact]
    public async Task Given_an_account_that_changed_since_it_was_read_no_code_is_used_counted_or_replaced()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (_, shown) = await site.TurnOnAsync(person);
        foreach (var isLocked in new[] { true, false })
        {
            await using var scope = site.Host.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var user = await services.GetRequiredService<Otp2faDbContext>().Users.SingleAsync();
            await (
                isLocked
                    ? site.LockAsync(person, TimeSpan.FromMinutes(1))
                    : site.InDatabaseAsync(db =>
                        db.Users.ExecuteUpdateAsync(set =>
                            set.SetProperty(u => u.SecurityStamp, "another")
                        )
                    )
            );

            var submission = await services
                .GetRequiredService<RecoveryChecker>()
                .SubmitAsync(user, shown.Codes[0]);

            Assert.Equal(
                isLocked ? RecoverySubmissionStatus.Locked : RecoverySubmissionStatus.Changed,
                submission.Status
            );
            Assert.Equal(
                isLocked,
                await services
                    .GetRequiredService<RecoveryCodes>()
                    .ReplaceAsync(user, RecoveryCodes.Draw())
            );
            if (isLocked)
            {
                // What was just replaced is of no use for the second round.
                site.Clock.Advance(TimeSpan.FromMinutes(2));
            }
        }

        Assert.Equal(
            0,
            await site.InDatabaseAsync(db =>
                db.SecurityEvents.CountAsync(e => e.Kind == SecurityEventKind.WrongCode)
            )
        );
        Assert.Equal(10, await site.InDatabaseAsync(db => db.RecoveryCodes.CountAsync()));
        Assert.Equal(
            0,
            await site.InDatabaseAsync(db => db.RecoveryCodes.CountAsync(c => c.UsedUtc != null))
        );
    }

    [Fact]
    public async Task Given_ten_tries_of_one_code_at_once_it_opens_one_session()
    {
        await using var site = await TestSite.StartAsync(("Limits:RecoveryGuessesPerHour", "10"));
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);
        await shown.KeepAsync();
        await browser.SignOutAsync();
        List<(Browser Browser, HtmlPage Page)> waiting = [];
        for (var i = 0; i < 10; i++)
        {
            var one = site.NewBrowser();
            await (await LoginPage.OpenAsync(one)).SubmitAsync(person.Email, person.Password);
            waiting.Add((one, await one.GoAsync(Recovery)));
        }

        var answers = await Task.WhenAll(
            waiting.Select(one =>
                Task.Run(() =>
                    one.Browser.PostAsync(one.Page, "form", ("Input.RecoveryCode", shown.Codes[0]))
                )
            )
        );

        Assert.Single(answers, answer => answer.Headers.Location?.OriginalString == "/");
        Assert.Equal(1, await site.CountSessionsAsync());
        site.ShouldHaveLoggedNoError();
    }

    [Theory]
    [InlineData(5, 3600)]
    [InlineData(10, 86400)]
    public async Task Given_five_wrong_codes_in_an_hour_or_ten_in_a_day_not_even_a_right_one_is_tried(
        int most,
        int seconds
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);
        await shown.KeepAsync();
        await browser.SignOutAsync();
        var begin = site.Clock.GetUtcNow();
        for (var i = 0; i < most; i++)
        {
            (await UseAsync(site.NewBrowser(), person, $"00000-00000-00000-0000{i}")).ShouldSay(
                Wrong
            );
            if (i % 5 == 4 && i + 1 < most)
            {
                site.Clock.Advance(TimeSpan.FromHours(1));
            }
        }

        site.Clock.SetUtcNow(begin.AddSeconds(seconds - 1));
        (await UseAsync(browser, person, shown.Codes[0]))
            .ShouldBe(Recovery)
            .ShouldSay("so none is tried for now. You can try again in 1 second.");
        Assert.False(await browser.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await UseAsync(browser, person, shown.Codes[0]);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_locked_account_a_right_code_opens_nothing_and_stays_good()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);
        await shown.KeepAsync();
        await browser.SignOutAsync();
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
        var page = await browser.GoAsync(Recovery);
        await site.LockAsync(person, TimeSpan.FromMinutes(15));

        (await browser.SubmitAsync(page, "form", ("Input.RecoveryCode", shown.Codes[0]))).ShouldBe(
            "/Identity/Account/Lockout"
        );

        await site.LockAsync(person, TimeSpan.Zero);
        await browser.SubmitAsync(page, "form", ("Input.RecoveryCode", shown.Codes[0]));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("   ")]
    [InlineData("'; DROP TABLE RecoveryCodes --")]
    [InlineData("not a code at all")]
    public async Task Given_what_is_no_code_it_is_refused_with_a_sentence_and_not_counted(
        string typed
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();

        var page = (await UseAsync(browser, person, typed)).ShouldBe(Recovery);

        Assert.Single(page.Errors);
        Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
        Assert.Equal(
            0,
            await site.InDatabaseAsync(db =>
                db.LimitUses.CountAsync(u => u.Rule == Otp2fa.Web.Data.LimitRule.RecoveryGuesses)
            )
        );
    }

    [Fact]
    public async Task Given_codes_of_another_account_they_open_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var (_, shown) = await site.TurnOnAsync(Person.New());

        (await UseAsync(site.NewBrowser(), person, shown.Codes[0])).ShouldSay(Wrong);
    }

    [Fact]
    public async Task Given_new_codes_they_need_password_and_factor_and_the_old_ones_are_dead()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);
        await shown.KeepAsync();
        var page = await browser.GoAsync(Generate);
        (await browser.SubmitAsync(page, "#generate-recovery-codes")).ShouldBe(
            "/Identity/Account/StepUp"
        );
        var step = await browser.GoAsync(
            $"/Identity/Account/StepUp?ReturnUrl={Uri.EscapeDataString(Generate)}"
        );
        page = (
            await browser.SubmitAsync(step, "#step-up", ("Input.Password", person.Password))
        ).ShouldBe(Generate);

        var renewed = new RecoveryCodesPage(
            browser,
            await browser.SubmitAsync(page, "#generate-recovery-codes")
        );

        Assert.Empty(renewed.Codes.Intersect(shown.Codes));
        await renewed.KeepAsync();
        await browser.SignOutAsync();
        (await UseAsync(browser, person, shown.Codes[0])).ShouldSay(Wrong);
        await UseAsync(browser, person, renewed.Codes[0]);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_two_codes_left_the_person_is_warned_at_the_sign_in_and_on_the_page()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);
        await shown.KeepAsync();
        foreach (var (code, left) in shown.Codes.Zip([9, 8, 7, 6, 5, 4, 3, 2]))
        {
            await browser.SignOutAsync();
            var home = await UseAsync(browser, person, code);
            home.ShouldSayAnywhere($"{left} are left.");
            Assert.Equal(
                left == 2,
                home.Html.Contains("Make new ones on the page", StringComparison.Ordinal)
            );
        }

        (await browser.GoAsync(TwoFactorPage.Path)).ShouldSay(
            "You have only 2 of your recovery codes left."
        );
    }

    [Fact]
    public async Task Given_two_factor_turned_off_its_codes_are_gone()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var (browser, shown) = await site.TurnOnAsync(person);
        await shown.KeepAsync();
        var step = await browser.GoAsync("/Identity/Account/StepUp?ReturnUrl=%2FPrivacy");
        await browser.SubmitAsync(step, "#step-up", ("Input.Password", person.Password));

        await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync();

        Assert.Equal(0, await site.InDatabaseAsync(db => db.RecoveryCodes.CountAsync()));
        (await browser.GoAsync(Generate)).ShouldBe(TwoFactorPage.Path);
    }

    [Fact]
    public async Task Given_no_sign_in_that_waits_the_page_leads_to_the_password()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();

        (await browser.GoAsync(Recovery)).ShouldBe(LoginPage.Path).ShouldSay("Sign in again.");
    }

    /// <summary>Types the password and then a recovery code.</summary>
    private static async Task<HtmlPage> UseAsync(Browser browser, Person person, string code)
    {
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
        return await browser.SubmitAsync(
            await browser.GoAsync(Recovery),
            "form",
            ("Input.RecoveryCode", code)
        );
    }
}
