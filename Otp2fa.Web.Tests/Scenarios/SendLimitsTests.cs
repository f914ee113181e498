using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Waits and windows: when a code goes out, and what a person is told when none does.</summary>
[Trait("Covers", "R33")]
[Trait("Covers", "T20")]
[Trait("Covers", "T21")]
[Trait("Covers", "T30")]
[Trait("Covers", "L8")]
[Trait("Covers", "L9")]
[Trait("Covers", "L10")]
public sealed class SendLimitsTests
{
    private const string Resend = "/Identity/Account/ResendCode";
    private const string AddNumber = "/Identity/Account/Manage/AddPhoneNumber";
    private const string StepUp = "/Identity/Account/StepUp";

    [Fact]
    public async Task Given_five_minutes_in_which_a_person_enrols_signs_in_steps_up_and_signs_in_again_no_limit_is_met()
    {
        await using var site = await TestSite.StartAsync(("Accounts:StepUpLifetime", "00:01:00"));
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        site.Clock.Advance(TimeSpan.FromSeconds(40));
        await browser.SignOutAsync();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(70));
        var page = await browser.GoAsync($"{StepUp}?ReturnUrl=%2FPrivacy");
        page = (
            await browser.SubmitAsync(page, "#step-up", ("Input.Password", person.Password))
        ).ShouldBe("/Identity/Account/StepUpCode");
        (
            await browser.SubmitAsync(
                page,
                "#step-up-code",
                ("Input.Code", site.CodeOnPhone(person))
            )
        ).ShouldBe("/Privacy");
        await browser.SignOutAsync();
        site.Clock.Advance(TimeSpan.FromSeconds(20));
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(4, site.Sends);
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    public async Task Given_an_unanswered_code_the_next_has_to_wait_and_longer_each_time(
        int resendsBefore,
        int wait
    )
    {
        await using var site = await TestSite.StartAsync(
            ("TwoFactor:MaxSends", "5"),
            ("TwoFactor:ChallengeLifetime", "00:10:00")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        foreach (var before in new[] { 30, 60 }.Take(resendsBefore))
        {
            site.Clock.Advance(TimeSpan.FromSeconds(before));
            await ResendAsync(browser);
        }

        var calls = site.Infobip.Calls.All.Count;
        site.Clock.Advance(TimeSpan.FromSeconds(wait - 1));
        var page = await browser.GoAsync(Resend);
        page.ShouldSay("You can get it again in 1 second.");
        Assert.Equal(
            site.Clock.GetUtcNow()
                .AddSeconds(1)
                .ToString(
                    "yyyy-MM-ddTHH:mm:ssZ",
                    System.Globalization.CultureInfo.InvariantCulture
                ),
            page.One<IHtmlTimeElement>("main time").DateTime
        );
        (await browser.SubmitAsync(page, "#resend-code"))
            .ShouldBe(Resend)
            .ShouldSay("You can get one here in 1 second.");
        Assert.Equal(calls, site.Infobip.Calls.All.Count);

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False((await browser.GoAsync(Resend)).Has("main time"));
        (await ResendAsync(browser)).ShouldBe(CodePage.Path);
        Assert.Equal(calls + 1, site.Infobip.Calls.All.Count);
    }

    [Fact]
    public async Task Given_a_right_code_the_next_one_has_not_to_wait()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        for (var i = 0; i < 3; i++)
        {
            var browser = site.NewBrowser();
            await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Theory]
    [InlineData(5, 600, 0)]
    [InlineData(7, 3600, 300)]
    [InlineData(10, 86400, 3600)]
    public async Task Given_a_full_window_no_code_goes_out_until_its_first_one_leaves_it(
        int most,
        int seconds,
        int gap
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var begin = site.Clock.GetUtcNow();
        // Enrolment's code was the first.
        for (var i = 1; i < most; i++)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(gap));
            await SignInAsync(site, person);
        }

        var sends = site.Sends;
        site.Clock.SetUtcNow(begin.AddSeconds(seconds - 1));
        var page = await TypePasswordAsync(site.NewBrowser(), person);
        page.ShouldBe(CodePage.Path)
            .ShouldSay(
                "Many codes were asked for in a short time, so none was sent. You can get the next one in 1 second."
            );
        Assert.True(page.Has("#new-code"));
        Assert.Equal(sends, site.Sends);

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await SignInAsync(site, person);
        Assert.Equal(sends + 1, site.Sends);
    }

    [Fact]
    public async Task Given_codes_for_every_purpose_they_share_one_window()
    {
        await using var site = await TestSite.StartAsync(("Accounts:StepUpLifetime", "00:01:00"));
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        for (var i = 0; i < 2; i++)
        {
            await SignInAsync(site, person);
        }

        site.Clock.Advance(TimeSpan.FromSeconds(61));
        await SubmitStepUpAsync(browser, person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await SubmitStepUpAsync(browser, person);

        // One of enrolment, two of sign-ins, two of a step-up.
        site.Clock.Advance(TimeSpan.FromSeconds(60));
        (await SubmitStepUpAsync(browser, person))
            .ShouldBe(StepUp)
            .ShouldSay("Many codes were asked for in a short time");
        (await TypePasswordAsync(site.NewBrowser(), person)).ShouldSay(
            "Many codes were asked for in a short time"
        );
    }

    [Fact]
    public async Task Given_one_number_on_two_accounts_they_share_the_numbers_window()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var twin = Person.New() with { Number = person.Number };
        await site.NewBrowser().EnrolAsync(site, twin);
        for (var i = 0; i < 3; i++)
        {
            await SignInAsync(site, i % 2 == 0 ? person : twin);
        }

        foreach (var either in new[] { person, twin })
        {
            (await TypePasswordAsync(site.NewBrowser(), either)).ShouldSay(
                "Many codes were asked for in a short time"
            );
        }
    }

    [Theory]
    [InlineData("07700 900{0}")]
    [InlineData("+44 (0) 7700-900{0}")]
    [InlineData("0044 7700 900 {0}")]
    public async Task Given_another_spelling_of_a_number_its_window_is_the_same(string spelling)
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        for (var i = 0; i < 4; i++)
        {
            await SignInAsync(site, person);
        }

        var stranger = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(stranger);
        await browser.SignInAsync(stranger);

        (
            await browser.StartNumberAsync(
                string.Format(
                    System.Globalization.CultureInfo.InvariantCulture,
                    spelling,
                    person.Number[^3..]
                )
            )
        )
            .ShouldBe(AddNumber)
            .ShouldSay("Many codes were asked for in a short time");
    }

    [Fact]
    public async Task Given_strangers_who_ask_for_codes_to_somebodys_number_its_owner_still_gets_one()
    {
        await using var site = await TestSite.StartAsync();
        var owner = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var messages = site.Sends;
        for (var i = 0; i < 5; i++)
        {
            var stranger = Person.New();
            var browser = site.NewBrowser();
            await browser.RegisterAsync(stranger);
            await browser.SignInAsync(stranger);
            var page = await browser.StartNumberAsync(owner.Number);
            if (i >= 3)
            {
                page.ShouldBe(AddNumber).ShouldSay("Many codes were asked for in a short time");
            }
        }

        Assert.Equal(messages + 3, site.Sends);
        await SignInAsync(site, owner);
        await SignInAsync(site, owner);
    }

    [Fact]
    public async Task Given_a_send_that_failed_the_resend_page_does_not_claim_that_one_was_sent()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(503));
        var browser = site.NewBrowser();
        await TypePasswordAsync(browser, person);

        var page = await browser.GoAsync(Resend);

        page.ShouldSay("You can get a new one in 30 seconds.");
        Assert.DoesNotContain("was sent", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, "2 minutes 1 second")]
    [InlineData(-60, "3 minutes")]
    [InlineData(-180, "5 minutes")]
    public async Task Given_a_new_code_late_in_a_sign_in_it_ends_with_the_sign_in(
        int secondsFromLimit,
        string life
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromMinutes(13) + TimeSpan.FromSeconds(secondsFromLimit));

        var page = (await ResendAsync(browser)).ShouldBe(CodePage.Path);

        page.ShouldSay($"The code works for {life} more.");
    }

    [Fact]
    public async Task Given_a_sign_in_that_ends_before_a_code_could_arrive_none_is_sent_and_it_begins_anew()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromMinutes(13) + TimeSpan.FromSeconds(1));
        var calls = site.Infobip.Calls.All.Count;

        (await ResendAsync(browser)).ShouldBe(LoginPage.Path).ShouldSay("Sign in again.");

        Assert.Equal(calls, site.Infobip.Calls.All.Count);
    }

    [Fact]
    public async Task Given_Infobip_forgot_a_code_and_the_one_in_its_place_failed_the_old_one_is_promised_to_nobody()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        site.Infobip.Faults.ForNext(InfobipOperation.ResendPin, Fault.WithStatus(404));
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(503));

        (await ResendAsync(browser)).ShouldSay("We cannot send codes at the moment.");

        (await browser.GoAsync(CodePage.Path)).ShouldSay("That code has expired.");
    }

    [Fact]
    public async Task Given_a_crowd_in_which_Infobip_was_not_asked_account_and_number_get_their_use_back()
    {
        await using var site = await TestSite.StartAsync(
            ("Outage:MaxConcurrentCalls", "1"),
            ("Outage:MaxWaitingCalls", "0")
        );
        var person = await site.PersonWithTwoFactorAsync();
        var slow = await site.PersonWithTwoFactorAsync();
        var release = new TaskCompletionSource();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.HeldUntil(release.Task));
        var sends = site.Sends;
        var holding = TypePasswordAsync(site.NewBrowser(), slow);
        await site.EventuallyAsync(() => Task.FromResult(site.Sends == sends + 1));
        for (var i = 0; i < 6; i++)
        {
            (await TypePasswordAsync(site.NewBrowser(), person))
                .ShouldBe(CodePage.Path)
                .ShouldSay(
                    "Very many people are asking for codes at this moment, so yours was not asked for."
                );
        }

        release.SetResult();
        await holding;
        await SignInAsync(site, person);
    }

    [Fact]
    public async Task Given_sends_that_fail_they_keep_their_charge()
    {
        await using var site = await TestSite.StartAsync(
            ("Limits:FirstWait", "00:00:00"),
            ("Limits:SecondWait", "00:00:00"),
            ("Limits:LaterWait", "00:00:00")
        );
        var person = await site.PersonWithTwoFactorAsync();
        site.Infobip.Faults.ForAll(InfobipOperation.SendPin, Fault.MessageNotSent());
        for (var i = 0; i < 4; i++)
        {
            (await TypePasswordAsync(site.NewBrowser(), person)).ShouldSay(
                "Your code did not go out."
            );
        }

        var sends = site.Sends;
        site.Infobip.Faults.Clear();
        (await TypePasswordAsync(site.NewBrowser(), person)).ShouldSay("in 10 minutes.");
        Assert.Equal(sends, site.Sends);
    }

    [Fact]
    public async Task Given_a_known_outage_nothing_is_charged()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.ChangeSetting("Outage:Declared", "true");
        for (var i = 0; i < 12; i++)
        {
            await TypePasswordAsync(site.NewBrowser(), person);
        }

        site.ChangeSetting("Outage:Declared", "false");
        await SignInAsync(site, person);
    }

    [Fact]
    public async Task Given_a_restart_or_another_instance_the_windows_and_waits_are_the_same()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        for (var i = 0; i < 3; i++)
        {
            await SignInAsync(site, person);
        }

        await TypePasswordAsync(site.NewBrowser(), person);
        (await TypePasswordAsync(site.NewBrowser(site.StartHost()), person)).ShouldSay(
            "in 10 minutes."
        );
        await site.RestartAsync();
        (await TypePasswordAsync(site.NewBrowser(), person)).ShouldSay("in 10 minutes.");
    }

    [Fact]
    public async Task Given_the_password_again_in_the_same_browser_nothing_is_sent_and_the_code_on_its_way_serves()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var first = await browser.TypePasswordAsync(person);
        await first.SubmitAsync(site.WrongCode(person));
        var cookie = browser.CookieValue("Otp2fa.PendingSignIn");
        var thief = browser.CloneTo(site.Host);
        var sends = site.Sends;
        site.Clock.Advance(TimeSpan.FromSeconds(90));

        var again = await browser.TypePasswordAsync(person);

        Assert.Equal(sends, site.Sends);
        Assert.NotEqual(cookie, browser.CookieValue("Otp2fa.PendingSignIn"));
        again.Page.ShouldSay("3 minutes 30 seconds");
        // What was there before the password opens nothing any more.
        (await thief.GoAsync(CodePage.Path)).ShouldBe(LoginPage.Path);
        Assert.Equal(
            ["That code is not correct. Check the message and try again; you have 3 more tries."],
            (await again.SubmitAsync(site.WrongCode(person))).Errors
        );
        await again.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("another account")]
    [InlineData("account changed")]
    [InlineData("code spent")]
    [InlineData("code expired")]
    public async Task Given_the_password_again_a_code_that_is_not_this_attempts_any_more_is_not_taken_over(
        string what
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var other = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var old = site.CodeOnPhone(person);
        switch (what)
        {
            case "account changed":
                await site.InDatabaseAsync(db =>
                    db.Users.ExecuteUpdateAsync(set =>
                        set.SetProperty(u => u.SecurityStamp, "CHANGED")
                    )
                );
                break;
            case "code spent":
                for (var i = 0; i < 5; i++)
                {
                    await code.SubmitAsync(site.WrongCode(person));
                    site.Clock.Advance(TimeSpan.FromSeconds(2));
                }

                break;
            case "code expired":
                site.Clock.Advance(TimeSpan.FromMinutes(5));
                break;
            default:
                break;
        }

        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var sends = site.Sends;
        var again = await browser.TypePasswordAsync(what == "another account" ? other : person);

        Assert.Equal(sends + 1, site.Sends);
        var now = site.CodeOnPhone(what == "another account" ? other : person);
        if (old != now)
        {
            await again.SubmitAsync(old);
            Assert.False(await browser.IsSignedInAsync());
        }

        await again.SubmitAsync(now);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_password_again_many_times_at_once_in_one_browser_nothing_is_sent_and_the_code_works()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        // Past the wait: nothing but the cookie tells that a code is there already.
        site.Clock.Advance(TimeSpan.FromSeconds(31));
        var login = await LoginPage.OpenAsync(browser);
        var sends = site.Sends;
        var tabs = Enumerable.Range(0, 8).Select(_ => browser.CloneTo(site.Host)).ToArray();

        var answers = await Task.WhenAll(
            tabs.Select(tab =>
                Task.Run(() =>
                    new LoginPage(tab, login.Page).PostAsync(person.Email, person.Password)
                )
            )
        );

        Assert.Equal(sends, site.Sends);
        Assert.All(
            answers,
            answer =>
                Assert.StartsWith(
                    "/Identity/Account/LoginWith2fa",
                    answer.Headers.Location?.OriginalString,
                    StringComparison.Ordinal
                )
        );
        var (winner, _) = Assert.Single(
            tabs.Zip(answers),
            tab => tab.Second.Headers.Contains("Set-Cookie")
        );
        await new CodePage(winner, await winner.GoAsync(CodePage.Path)).SubmitAsync(
            site.CodeOnPhone(person)
        );
        Assert.True(await winner.IsSignedInAsync());
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_a_cookie_of_a_sign_in_long_given_up_the_password_sends_a_code_as_ever()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromMinutes(20));

        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_another_browser_during_the_wait_it_gets_the_code_page_with_the_wait_and_who_else_can_help()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var first = site.NewBrowser();
        var code = await first.TypePasswordAsync(person);
        var second = site.NewBrowser();
        var sends = site.Sends;

        var page = await TypePasswordAsync(second, person);

        page.ShouldBe(CodePage.Path).ShouldSay("You can get one here in 30 seconds.");
        Assert.True(page.Has("#new-code"));
        page.ShouldSay("support@otp2fa.example");
        Assert.Equal(sends, site.Sends);
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await first.IsSignedInAsync());

        // The first one's code was answered, so this one can have its own now.
        (await ResendAsync(second)).ShouldBe(CodePage.Path);
        await new CodePage(second, await second.GoAsync(CodePage.Path)).SubmitAsync(
            site.CodeOnPhone(person)
        );
        Assert.True(await second.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_wait_that_is_over_the_code_page_says_so()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await site.NewBrowser().TypePasswordAsync(person);
        var browser = site.NewBrowser();
        await TypePasswordAsync(browser, person);

        site.Clock.Advance(TimeSpan.FromSeconds(30));

        (await browser.GoAsync(CodePage.Path)).ShouldSay("You can get one here now.");
    }

    [Fact]
    public async Task Given_a_number_that_was_asked_for_again_its_code_is_sent_once_more_and_not_replaced()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await browser.StartNumberAsync(person.Number);
        var pin = site.CodeOnPhone(person);

        var early = (await browser.StartNumberAsync(person.Number)).ShouldBe(AddNumber);
        early.ShouldSay("You can get one here in 30 seconds.");
        Assert.True(early.Has("#have-code[href='/Identity/Account/Manage/VerifyPhoneNumber']"));
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var verify = await browser.StartNumberAsync(person.Number);

        verify.ShouldBe("/Identity/Account/Manage/VerifyPhoneNumber");
        Assert.Equal((1, 1), (site.Sends, site.Infobip.Calls.Count(InfobipOperation.ResendPin)));
        await browser.SubmitAsync(verify, "#verify-phone-number", ("Input.Code", pin));
        Assert.Equal(
            person.Number,
            await site.InDatabaseAsync(db => db.Users.Select(u => u.PhoneNumber).SingleAsync())
        );
    }

    [Fact]
    public async Task Given_three_new_numbers_in_a_day_a_fourth_has_to_wait_and_the_three_can_still_be_proved()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        foreach (var wrong in new[] { "+447700900901", "+447700900902" })
        {
            (await browser.StartNumberAsync(wrong)).ShouldBe(
                "/Identity/Account/Manage/VerifyPhoneNumber"
            );
            site.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var verify = await browser.StartNumberAsync(person.Number);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        (await browser.StartNumberAsync("+447700900903"))
            .ShouldBe(AddNumber)
            .ShouldSay("You can try another one in 23 hours 56 minutes.");
        await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.CodeOnPhone(person))
        );

        Assert.Equal(
            person.Number,
            await site.InDatabaseAsync(db => db.Users.Select(u => u.PhoneNumber).SingleAsync())
        );
    }

    [Fact]
    public async Task Given_keys_of_limits_the_database_holds_neither_numbers_nor_account_ids_in_clear()
    {
        await using var site = await TestSite.StartAsync();
        await site.PersonWithTwoFactorAsync();

        var uses = await site.InDatabaseAsync(db => db.LimitUses.ToListAsync());

        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Equal(32, use.KeyHash.Length));
    }

    private static async Task SignInAsync(TestSite site, Person person)
    {
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    private static async Task<HtmlPage> TypePasswordAsync(Browser browser, Person person) =>
        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);

    private static async Task<HtmlPage> ResendAsync(Browser browser) =>
        await browser.SubmitAsync(await browser.GoAsync(Resend), "#resend-code");

    private static async Task<HtmlPage> SubmitStepUpAsync(Browser browser, Person person) =>
        await browser.SubmitAsync(
            await browser.GoAsync($"{StepUp}?ReturnUrl=%2FPrivacy"),
            "#step-up",
            ("Input.Password", person.Password)
        );
}
