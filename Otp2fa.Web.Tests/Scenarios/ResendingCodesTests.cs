using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.InfobipSimulator.Phone;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>A code that did not arrive, or not in time.</summary>
[Trait("Covers", "T09")]
public sealed class ResendingCodesTests
{
    private const string Resend = "/Identity/Account/ResendCode";

    [Fact]
    public async Task Given_a_message_that_does_not_arrive_the_same_code_is_sent_again_and_nothing_else_changes()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var pin = site.CodeOnPhone(person);
        await code.SubmitAsync(site.WrongCode(person));
        site.Clock.Advance(TimeSpan.FromSeconds(30));

        var page = await browser.GoAsync(Link(code.Page, "#send-again"));
        page.ShouldBe(Resend)
            .ShouldSay(
                $"We will send the same code again to your phone number ending {person.Number[^2..]}."
            );
        var back = new CodePage(browser, await browser.SubmitAsync(page, "#resend-code"));

        back.Page.ShouldSay("We sent the code. It can take a minute to arrive.");
        Assert.Equal(1, site.Infobip.Calls.Count(InfobipOperation.ResendPin));
        Assert.Equal(2, site.Sends);
        Assert.Equal(pin, site.CodeOnPhone(person));
        var wrong = await back.SubmitAsync(site.WrongCode(person));
        Assert.Equal(
            ["That code is not correct. Check the message and try again; you have 3 more tries."],
            wrong.Errors
        );
        wrong.ShouldSay("4 minutes 30 seconds");
        await new CodePage(browser, wrong).SubmitAsync(pin);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_page_that_resends_looking_going_back_and_loading_again_send_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);

        for (var i = 0; i < 5; i++)
        {
            await browser.GoAsync(Resend);
            await browser.GoAsync($"{Resend}?channel=Voice&handler=Post");
        }

        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var sent = await browser.PostAsync(await browser.GoAsync(Resend), "#resend-code");

        // A redirect: loading the answer again asks for the code page.
        Assert.StartsWith(
            "/Identity/Account/LoginWith2fa",
            sent.Headers.Location?.OriginalString,
            StringComparison.Ordinal
        );
        await browser.GoAsync(CodePage.Path);
        await browser.GoAsync(CodePage.Path);
        Assert.Equal(1, site.Infobip.Calls.Count(InfobipOperation.ResendPin));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_two_minutes_or_less_to_live_a_new_code_takes_the_place_of_the_old_one(
        int secondsFromLimit,
        bool same
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        var before = await site.PendingSignInOfAsync(browser);
        var first = site.CodeOnPhone(person);
        var sends = site.Sends;

        site.Clock.Advance(TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(secondsFromLimit));
        var page = await browser.GoAsync(Resend);
        page.ShouldSay(same ? "We will send the same code again" : "We will send a new code");
        var code = new CodePage(browser, await browser.SubmitAsync(page, "#resend-code"));

        Assert.Equal(sends + (same ? 0 : 1), site.Sends);
        Assert.Equal(same, first == site.CodeOnPhone(person));
        Assert.Equal(1, await site.CountLiveChallengesAsync());
        var after = await site.PendingSignInOfAsync(browser);
        var sent = site.Infobip.Calls.Of(InfobipOperation.SendPin)[^1].PinId!;
        Assert.Equal(
            before with
            {
                Challenge = before.Challenge with
                {
                    ChallengeId = await site.LiveChallengeAsync(),
                    PinId = sent,
                },
            },
            after
        );
        Assert.Equal(same, before.Challenge == after.Challenge);
        if (!same)
        {
            code.Page.ShouldSay("5 minutes");
            await code.SubmitAsync(first);
            Assert.False(await browser.IsSignedInAsync());
        }

        await new CodePage(browser, await browser.GoAsync(CodePage.Path)).SubmitAsync(
            site.CodeOnPhone(person)
        );
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("tried too often")]
    [InlineData("unknown to Infobip")]
    [InlineData("never sent")]
    public async Task Given_a_code_that_cannot_be_used_any_more_a_new_one_opens_the_account_without_the_password(
        string state
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        if (state == "never sent")
        {
            site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(503));
        }

        var page = await (await LoginPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );
        switch (state)
        {
            case "expired":
                site.Clock.Advance(TimeSpan.FromMinutes(5));
                break;
            case "tried too often":
                for (var i = 0; i < 5; i++)
                {
                    await browser.SubmitAsync(
                        page,
                        "form",
                        ("Input.TwoFactorCode", site.WrongCode(person))
                    );
                    site.Clock.Advance(TimeSpan.FromSeconds(2));
                }

                break;
            case "unknown to Infobip":
                site.Infobip.Faults.ForNext(InfobipOperation.ResendPin, Fault.WithStatus(404));
                break;
            default:
                break;
        }

        site.Clock.Advance(TimeSpan.FromSeconds(30));
        page = await browser.GoAsync(CodePage.Path);
        var resend = await browser.GoAsync(
            Link(page, page.Has("#new-code") ? "#new-code" : "#send-again")
        );
        var code = new CodePage(browser, await browser.SubmitAsync(resend, "#resend-code"));
        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_resend_that_fails_the_page_says_so_and_the_code_that_came_still_works()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Infobip.Faults.ForNext(InfobipOperation.ResendPin, Fault.WithStatus(503));
        site.Clock.Advance(TimeSpan.FromSeconds(30));

        var answer = await browser.SubmitAsync(await browser.GoAsync(Resend), "#resend-code");

        Assert.Equal(
            [
                "We cannot send codes at the moment. Nothing is wrong with your account. Wait a few minutes and try again.",
            ],
            answer.ShouldBe(Resend).Errors
        );
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_code_sent_three_times_it_is_not_sent_a_fourth_time_and_still_works()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var page = await browser.GoAsync(Resend);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser.SubmitAsync(page, "#resend-code");
        site.Clock.Advance(TimeSpan.FromSeconds(60));
        await browser.SubmitAsync(page, "#resend-code");

        var refused = await browser.SubmitAsync(page, "#resend-code");

        refused
            .ShouldBe(Resend)
            .ShouldSay(
                "This code was asked for as often as one may. Type it from any message that came"
            );
        Assert.Equal(2, site.Infobip.Calls.Count(InfobipOperation.ResendPin));
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_many_windows_at_once_the_same_code_goes_out_once_more_and_the_others_are_told_the_wait()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var page = await browser.GoAsync(Resend);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Task.Run(() => browser.CloneTo(site.Host).PostAsync(page, "#resend-code"))
                )
        );

        Assert.Equal(1, site.Infobip.Calls.Count(InfobipOperation.ResendPin));
        Assert.Equal(1, answers.Count(answer => answer.Headers.Location is not null));
        site.ShouldHaveLoggedNoError();
    }

    [Fact]
    public async Task Given_a_window_whose_new_code_is_still_on_its_way_another_window_costs_no_second_message()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var page = await browser.GoAsync(Resend);
        var release = new TaskCompletionSource();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.HeldUntil(release.Task));
        var sends = site.Sends;

        var first = browser.CloneTo(site.Host).PostAsync(page, "#resend-code");
        await site.EventuallyAsync(() => Task.FromResult(site.Sends == sends + 1));
        var second = await browser.SubmitAsync(page, "#resend-code");
        release.SetResult();
        await first;

        second.ShouldBe(Resend).ShouldSay("You can get one here in 1 minute.");
        Assert.Equal(sends + 1, site.Sends);
        await new CodePage(browser, await browser.GoAsync(CodePage.Path)).SubmitAsync(
            site.CodeOnPhone(person)
        );
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_newer_code_in_another_browser_this_one_can_have_a_code_again_or_start_anew()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await site.NewBrowser().TypePasswordAsync(person);
        var page = await browser.GoAsync(Resend);
        Assert.True(page.Has("main a[href='/Identity/Account/Login']"));

        site.Clock.Advance(TimeSpan.FromSeconds(60));
        var code = new CodePage(browser, await browser.SubmitAsync(page, "#resend-code"));
        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_an_outage_when_the_code_is_asked_for_again_it_is_not_counted_as_sent()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var page = await browser.GoAsync(Resend);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        site.ChangeSetting("Outage:Declared", "true");

        for (var i = 0; i < 5; i++)
        {
            (await browser.SubmitAsync(page, "#resend-code"))
                .ShouldBe(Resend)
                .ShouldSay("Codes are delayed for everybody at the moment");
        }

        site.ChangeSetting("Outage:Declared", "false");
        new CodePage(browser, await browser.SubmitAsync(page, "#resend-code")).Page.ShouldSay(
            "We sent the code."
        );
        Assert.Equal(1, site.Infobip.Calls.Count(InfobipOperation.ResendPin));
        await code.SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_new_code_in_one_window_the_form_in_another_takes_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        await browser.SubmitAsync(await browser.GoAsync(Resend), "#resend-code");

        await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_no_sign_in_that_waits_or_one_that_is_done_or_locked_nothing_is_sent()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var nobody = site.NewBrowser();
        (await nobody.GoAsync(Resend))
            .ShouldBe(LoginPage.Path)
            .ShouldSay(
                "That sign-in took too long, was finished in another window, or the account was changed."
            );
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person);
        var page = await browser.GoAsync(Resend);
        var sends = site.Infobip.Calls.All.Count;

        await site.LockAsync(person, TimeSpan.FromMinutes(15));
        (await browser.SubmitAsync(page, "#resend-code")).ShouldBe("/Identity/Account/Lockout");
        await site.LockAsync(person, TimeSpan.Zero);
        await code.SubmitAsync(site.CodeOnPhone(person));
        (await browser.GoAsync($"{Resend}?ReturnUrl=%2FPrivacy")).ShouldBe("/Privacy");

        Assert.Equal(sends + 1, site.Infobip.Calls.All.Count);
    }

    [Theory]
    [InlineData("live")]
    [InlineData("expired")]
    [InlineData("never sent")]
    public async Task Given_an_account_that_changed_since_the_password_no_new_code_goes_out_and_the_sign_in_is_over(
        string state
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        if (state == "never sent")
        {
            site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(503));
        }

        await (await LoginPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
        site.Clock.Advance(state == "expired" ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(30));
        var page = await browser.GoAsync(Resend);
        var calls = site.Infobip.Calls.All.Count;
        // As a new password, number or factor does.
        await site.InDatabaseAsync(db =>
            db.Users.ExecuteUpdateAsync(set => set.SetProperty(u => u.SecurityStamp, "CHANGED"))
        );

        var answer = await browser.SubmitAsync(page, "#resend-code");

        answer.ShouldBe(LoginPage.Path).ShouldSay("Sign in again.");
        Assert.Equal(calls, site.Infobip.Calls.All.Count);
    }

    [Fact]
    public async Task Given_a_person_on_the_way_somewhere_a_resend_does_not_lose_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        var code = await browser.TypePasswordAsync(person, "/Privacy");

        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var resend = await browser.GoAsync(Link(code.Page, "#send-again"));
        var again = new CodePage(browser, await browser.SubmitAsync(resend, "#resend-code"));

        (await again.SubmitAsync(site.CodeOnPhone(person))).ShouldBe("/Privacy");
    }

    [Fact]
    public async Task Given_a_message_that_was_sent_the_person_can_be_called_with_the_same_code()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        var pin = site.CodeOnPhone(person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var page = await browser.GoAsync(Resend);
        Assert.Equal("Call me instead", page.One<IHtmlButtonElement>("#call-me").TextContent);

        var code = new CodePage(
            browser,
            await browser.SubmitAsync(page, "#resend-code", ("channel", "Voice"))
        );

        code.Page.ShouldSay("We are calling you.");
        Assert.Equal(1, site.Infobip.Calls.Count(InfobipOperation.ResendPinByVoice));
        var call = site.Infobip.Phone.Messages(person.Digits)[0];
        Assert.Equal((PhoneMessageKind.Call, pin), (call.Kind, call.Pin));
        await code.SubmitAsync(pin);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("false", "Voice")]
    [InlineData("true", "Carrier pigeon")]
    public async Task Given_a_call_that_is_not_offered_the_code_goes_by_message(
        string offered,
        string channel
    )
    {
        await using var site = await TestSite.StartAsync(("TwoFactor:OfferCalls", offered));
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await browser.TypePasswordAsync(person);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var page = await browser.GoAsync(Resend);
        Assert.Equal(offered == "true", page.Has("#call-me"));

        await browser.SubmitAsync(page, "#resend-code", ("channel", channel));

        Assert.Equal(0, site.Infobip.Calls.Count(InfobipOperation.ResendPinByVoice));
        Assert.Equal(1, site.Infobip.Calls.Count(InfobipOperation.ResendPin));
    }

    private static string Link(HtmlPage page, string selector) =>
        page.One<IHtmlAnchorElement>(selector).GetAttribute("href")!;
}
