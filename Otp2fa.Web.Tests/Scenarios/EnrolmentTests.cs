using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Proving a number, turning two-factor authentication on and off, and what each of them asks for.</summary>
[Trait("Covers", "R10")]
[Trait("Covers", "R16")]
[Trait("Covers", "T05")]
[Trait("Covers", "T19")]
[Trait("Covers", "T30")]
[Trait("Covers", "L10")]
public sealed class EnrolmentTests
{
    private const string AddNumber = "/Identity/Account/Manage/AddPhoneNumber";
    private const string VerifyNumber = "/Identity/Account/Manage/VerifyPhoneNumber";
    private const string StepUp = "/Identity/Account/StepUp";
    private const string StepUpCode = "/Identity/Account/StepUpCode";

    [Theory]
    [InlineData("", "Enter your mobile phone number.")]
    [InlineData(
        "not a number",
        "Enter a mobile phone number in the correct format, including the country code, like +44 7700 900123."
    )]
    [InlineData(
        "+44 7700 900123 ext 5",
        "Enter a mobile phone number in the correct format, including the country code, like +44 7700 900123."
    )]
    [InlineData(
        "+44 7911 12345",
        "There is no such phone number. Check the digits and the country code."
    )]
    [InlineData(
        "+44 20 7946 0018",
        "Codes cannot be sent to this kind of number. Use a mobile number; landline, internet, satellite and special-rate numbers do not work."
    )]
    public async Task Given_a_number_that_takes_no_codes_the_field_says_why_keeps_what_was_typed_and_nothing_is_sent(
        string typed,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync();
        var browser = await SignedInAsync(site, Person.New());

        var answer = await browser.StartNumberAsync(typed);

        answer.ShouldBe(AddNumber);
        Assert.Equal([sentence], answer.Errors);
        Assert.Equal(
            typed,
            answer.One<AngleSharp.Html.Dom.IHtmlInputElement>("#Input_PhoneNumber").Value
        );
        Assert.Equal(0, site.Sends);
    }

    [Fact]
    public async Task Given_a_number_that_was_not_proved_the_account_has_none()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = await SignedInAsync(site, person);
        var verify = (await browser.StartNumberAsync(person.Number)).ShouldBe(VerifyNumber);
        verify.ShouldSay($"We sent a security code of 6 digits to your phone {person.Number}.");

        await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.WrongCode(person))
        );

        Assert.Null(
            await site.InDatabaseAsync(db => db.Users.Select(u => u.PhoneNumber).SingleAsync())
        );
        var settings = await TwoFactorPage.OpenAsync(browser);
        Assert.True(settings.Page.Has("#enable-sms"));
        Assert.False(settings.Page.Has("#enable-two-factor"));
    }

    [Fact]
    public async Task Given_a_mistyped_number_the_person_goes_back_and_corrects_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = await SignedInAsync(site, person);
        var verify = (await browser.StartNumberAsync("+447700900999")).ShouldBe(VerifyNumber);
        Assert.True(verify.Has($"a[href='{AddNumber}']"));

        // The code for the wrong number is unanswered, so the next one has to wait a moment.
        var early = (await browser.StartNumberAsync(person.Number)).ShouldBe(AddNumber);
        early.ShouldSay("You can get one here in 30 seconds.");
        Assert.Equal(person.Number, early.One<IHtmlInputElement>("#Input_PhoneNumber").Value);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        await browser.ProveNumberAsync(site, person);

        Assert.Equal(
            person.Number,
            await site.InDatabaseAsync(db => db.Users.Select(u => u.PhoneNumber).SingleAsync())
        );
    }

    [Fact]
    public async Task Given_the_form_names_another_number_it_is_the_one_on_the_server_that_is_proved()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = await SignedInAsync(site, person);
        var verify = await browser.StartNumberAsync(person.Number);

        await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.CodeOnPhone(person)),
            ("Input.PhoneNumber", "+447700900999"),
            ("PhoneNumber", "+447700900999")
        );

        Assert.Equal(
            person.Number,
            await site.InDatabaseAsync(db => db.Users.Select(u => u.PhoneNumber).SingleAsync())
        );
    }

    [Fact]
    public async Task Given_Infobip_down_while_a_number_is_added_the_page_says_so_and_keeps_the_number()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await SignedInAsync(site, Person.New());
        site.Infobip.Faults.ForAll(InfobipOperation.SendPin, Fault.CutBefore());

        var answer = await browser.StartNumberAsync("+44 7700 900123");

        Assert.Equal(
            [
                "We cannot send codes at the moment. Nothing is wrong with your account. Wait a few minutes and try again.",
            ],
            answer.Errors
        );
        Assert.Equal(
            "+44 7700 900123",
            answer.One<AngleSharp.Html.Dom.IHtmlInputElement>("#Input_PhoneNumber").Value
        );
    }

    [Fact]
    public async Task Given_a_pending_number_of_one_person_another_person_in_the_same_browser_cannot_prove_it()
    {
        await using var site = await TestSite.StartAsync();
        var (first, second) = (Person.New(), Person.New());
        var browser = await SignedInAsync(site, first);
        await site.NewBrowser().RegisterAsync(second);
        await browser.StartNumberAsync(first.Number);
        // Signed in over it, without signing out: the pending cookie is still there.
        await browser.SignInAsync(second);

        // A form of the second person, with a good token, sent to the first person's pending number.
        var form = Browser.Request(
            await browser.GoAsync("/Identity/Account/Manage/AddPhoneNumber"),
            "#add-phone-number",
            ("Input.Code", site.CodeOnPhone(first))
        );
        form.RequestUri = new Uri($"https://localhost{VerifyNumber}");
        var answer = await browser.SendAsync(form);

        Assert.Equal(AddNumber, answer.Headers.Location?.OriginalString);
        Assert.Equal(
            0,
            await site.InDatabaseAsync(db => db.Users.CountAsync(u => u.PhoneNumber != null))
        );
        Assert.Equal(0, site.Verifies);
    }

    /// <summary>R16: before the number is given, before it is turned on, and ever after.</summary>
    [Fact]
    public async Task Given_any_page_about_codes_by_message_it_says_what_they_do_not_protect_from()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await ShouldWarnAsync("AddPhoneNumber");
        await ShouldWarnAsync("TwoFactorAuthentication");
        var settings = await browser.ProveNumberAsync(site, person);
        await ShouldWarnAsync("TwoFactorAuthentication");

        await settings.TurnOnAsync();

        await ShouldWarnAsync("TwoFactorAuthentication");

        async Task ShouldWarnAsync(string page) =>
            (await browser.GoAsync($"/Identity/Account/Manage/{page}")).ShouldSay(
                "much better than a password alone, but not perfect: somebody who takes over your phone number"
            );
    }

    /// <summary>A thief who named a number in a session that was ended must not bind it from the next one (threat T18).</summary>
    [Fact]
    public async Task Given_a_number_named_in_a_session_that_ended_no_other_session_can_prove_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var (thief, owner) = (site.NewBrowser(), site.NewBrowser());
        await (await thief.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await owner.SignInWithCodeAsync(site, person);
        await thief.StepUpAsync(
            await thief.GoAsync("/Identity/Account/Manage/AddPhoneNumber"),
            person
        );
        var theirs = Person.New();
        var verify = await thief.StartNumberAsync(theirs.Number);
        await owner.SubmitAsync(
            await owner.GoAsync("/Identity/Account/Manage/Sessions"),
            "#end-others"
        );
        await thief.SignInAsync(person);

        var answer = await thief.GoAsync(verify.Address.PathAndQuery);

        // There is no number that waits, and naming one needs a step-up.
        answer.ShouldBe("/Identity/Account/StepUp");
        Assert.Equal(
            person.Number,
            await site.InDatabaseAsync(db => db.Users.Select(u => u.PhoneNumber).SingleAsync())
        );
        Assert.True(await owner.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_no_number_turning_2FA_on_leads_to_adding_one()
    {
        await using var site = await TestSite.StartAsync();
        var browser = await SignedInAsync(site, Person.New());
        var settings = await TwoFactorPage.OpenAsync(browser);
        // The button is not there; the request is made all the same.
        var logout = Browser.Request(settings.Page, "#logoutForm");
        logout.RequestUri = new Uri($"https://localhost{TwoFactorPage.Path}?handler=TurnOn");

        var answer = await browser.SendAsync(logout);

        Assert.Equal(AddNumber, answer.Headers.Location?.OriginalString);
        Assert.False(await site.InDatabaseAsync(db => db.Users.AnyAsync(u => u.TwoFactorEnabled)));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_a_number_proved_a_while_ago_turning_2FA_on_asks_for_a_fresh_code_from_five_minutes_on(
        int secondsFromLimit,
        bool fresh
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = await SignedInAsync(site, person);
        var settings = await browser.ProveNumberAsync(site, person);

        site.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(secondsFromLimit));
        var answer = await settings.TurnOnAsync();

        Assert.Equal(fresh ? TwoFactorPage.Path : StepUp, answer.Path);
        Assert.Equal(
            fresh,
            await site.InDatabaseAsync(db => db.Users.AnyAsync(u => u.TwoFactorEnabled))
        );
    }

    [Fact]
    public async Task Given_2FA_on_turning_it_off_needs_the_password_and_a_fresh_code()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        site.Clock.Advance(TimeSpan.FromMinutes(5));

        var stepUp = (await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync()).ShouldBe(
            StepUp
        );
        var wrong = await browser.SubmitAsync(
            stepUp,
            "#step-up",
            ("Input.Password", "not the password at all")
        );
        Assert.Equal(["That password is not correct."], wrong.Errors);
        var code = (
            await browser.SubmitAsync(wrong, "#step-up", ("Input.Password", person.Password))
        ).ShouldBe(StepUpCode);
        var refused = await browser.SubmitAsync(
            code,
            "#step-up-code",
            ("Input.Code", site.WrongCode(person))
        );
        Assert.Equal(
            ["That code is not correct. Check the message and try again; you have 4 more tries."],
            refused.Errors
        );
        (await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync()).ShouldBe(StepUp);
        var back = await browser.SubmitAsync(
            refused,
            "#step-up-code",
            ("Input.Code", site.CodeOnPhone(person))
        );
        var off = new TwoFactorPage(browser, await new TwoFactorPage(browser, back).TurnOffAsync());

        Assert.False(off.IsOn);
        off.Page.ShouldSay("Two-factor authentication is off. Other browsers were signed out.");
        await site.NewBrowser().SignInAsync(person);
    }

    [Fact]
    public async Task Given_a_second_factor_a_moment_ago_turning_2FA_off_needs_the_password_and_sends_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        var before = site.Sends;

        var stepUp = (await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync()).ShouldBe(
            StepUp
        );
        var back = await browser.SubmitAsync(
            stepUp,
            "#step-up",
            ("Input.Password", person.Password)
        );
        var off = new TwoFactorPage(browser, await new TwoFactorPage(browser, back).TurnOffAsync());

        Assert.False(off.IsOn);
        Assert.Equal(before, site.Sends);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_a_password_typed_again_it_counts_for_five_minutes_however_fresh_the_factor_is(
        int secondsFromLimit,
        bool isFresh
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await StepUpWithPasswordAsync(browser, person);
        site.Clock.Advance(TimeSpan.FromMinutes(4));
        // A newer factor, without the password: the same number proved once more.
        await browser.ProveNumberAsync(site, person);

        site.Clock.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(secondsFromLimit));
        var answer = await (await TwoFactorPage.OpenAsync(browser)).TurnOffAsync();

        Assert.Equal(isFresh ? TwoFactorPage.Path : StepUp, answer.Path);
        Assert.Equal(
            !isFresh,
            await site.InDatabaseAsync(db => db.Users.AnyAsync(u => u.TwoFactorEnabled))
        );
    }

    [Fact]
    public async Task Given_a_step_up_given_up_while_its_code_is_sent_the_person_is_still_signed_in_and_can_repeat_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var page = await browser.GoAsync($"{StepUp}?ReturnUrl=%2FPrivacy");
        var release = new TaskCompletionSource();
        site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.HeldUntil(release.Task));
        var sends = site.Sends;

        // A second click: the browser gives the first request up, and whatever it would have answered is lost.
        var lost = browser
            .CloneTo(site.Host)
            .PostAsync(page, "#step-up", ("Input.Password", person.Password));
        await site.EventuallyAsync(() => Task.FromResult(site.Sends == sends + 1));
        var again = await browser.SubmitAsync(
            page,
            "#step-up",
            ("Input.Password", person.Password)
        );
        release.SetResult();
        await lost;
        again.ShouldBe(StepUp).ShouldSay("You can get one here in 30 seconds.");
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        again = await browser.SubmitAsync(again, "#step-up", ("Input.Password", person.Password));

        var done = await browser.SubmitAsync(
            again.ShouldBe(StepUpCode),
            "#step-up-code",
            ("Input.Code", site.CodeOnPhone(person))
        );
        done.ShouldBe("/Privacy")
            .ShouldSay(
                "Thank you, that is confirmed. You can now make the change you wanted to make."
            );
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData(-1, AddNumber)]
    [InlineData(0, StepUp)]
    public async Task Given_a_browser_left_signed_in_a_first_number_needs_the_password_again_from_five_minutes_on(
        int secondsFromLimit,
        string page
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = await SignedInAsync(site, person);
        var form = await browser.GoAsync(AddNumber);

        site.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(secondsFromLimit));
        (await browser.GoAsync(AddNumber)).ShouldBe(page);
        var answer = await browser.SubmitAsync(
            form,
            "#add-phone-number",
            ("Input.PhoneNumber", person.Number)
        );

        answer.ShouldBe(page == AddNumber ? VerifyNumber : StepUp);
        Assert.Equal(page == AddNumber ? 1 : 0, site.Sends);
    }

    [Theory]
    [InlineData(-1, TwoFactorPage.Path)]
    [InlineData(0, StepUp)]
    public async Task Given_a_number_proved_by_a_password_of_a_while_ago_turning_2FA_on_needs_it_again_from_five_minutes_on(
        int secondsFromLimit,
        string page
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = await SignedInAsync(site, person);
        site.Clock.Advance(TimeSpan.FromMinutes(2));
        var settings = await browser.ProveNumberAsync(site, person);

        site.Clock.Advance(TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(secondsFromLimit));

        (await settings.TurnOnAsync()).ShouldBe(page);
        Assert.Equal(
            page == TwoFactorPage.Path,
            await site.InDatabaseAsync(db => db.Users.AnyAsync(u => u.TwoFactorEnabled))
        );
    }

    [Fact]
    public async Task Given_an_account_that_is_locked_meanwhile_a_code_for_a_number_is_kept_and_works_after_the_lock()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = await SignedInAsync(site, person);
        var verify = await browser.StartNumberAsync(person.Number);
        await site.LockAsync(person, TimeSpan.FromMinutes(1));

        var locked = await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.CodeOnPhone(person))
        );

        Assert.Equal(
            [
                "Your account is locked for a while. Your code was not checked. Wait and try again later.",
            ],
            locked.Errors
        );
        Assert.Equal(0, site.Verifies);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        (
            await browser.SubmitAsync(
                locked,
                "#verify-phone-number",
                ("Input.Code", site.CodeOnPhone(person))
            )
        ).ShouldBe(TwoFactorPage.Path);
    }

    [Fact]
    public async Task Given_a_step_up_it_counts_in_its_own_session_only()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        var other = site.NewBrowser();
        await (await other.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        await StepUpWithPasswordAsync(browser, person);

        (await (await TwoFactorPage.OpenAsync(other)).TurnOffAsync()).ShouldBe(StepUp);
        Assert.True(await site.InDatabaseAsync(db => db.Users.AnyAsync(u => u.TwoFactorEnabled)));
    }

    [Fact]
    public async Task Given_a_new_number_its_code_expires_dies_and_outlives_an_outage_as_at_sign_in()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = await SignedInAsync(site, person);

        var verify = await browser.StartNumberAsync(person.Number);
        site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.WithStatus(503));
        (
            await browser.SubmitAsync(
                verify,
                "#verify-phone-number",
                ("Input.Code", site.CodeOnPhone(person))
            )
        ).ShouldSay("We cannot check codes at the moment.");
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var expired = await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.CodeOnPhone(person))
        );
        Assert.Equal(["That code has expired."], expired.Errors);

        await StepUpWithPasswordAsync(browser, person);
        verify = await browser.StartNumberAsync(person.Number);
        for (var i = 0; i < 5; i++)
        {
            await browser.SubmitAsync(
                verify,
                "#verify-phone-number",
                ("Input.Code", site.WrongCode(person))
            );
            site.Clock.Advance(TimeSpan.FromSeconds(2));
        }

        var dead = await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.CodeOnPhone(person))
        );
        Assert.Equal(
            ["This code was tried too often or used already, and cannot be used any more."],
            dead.Errors
        );
        Assert.Equal(0, await site.PasswordFailuresAsync());
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser.ProveNumberAsync(site, person);
    }

    [Fact]
    public async Task Given_typos_between_right_passwords_the_step_up_never_locks()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);

        for (var i = 0; i < 6; i++)
        {
            var page = await browser.GoAsync($"{StepUp}?ReturnUrl=%2FPrivacy");
            page = await browser.SubmitAsync(
                page,
                "#step-up",
                ("Input.Password", "a mistyped password")
            );
            (
                await browser.SubmitAsync(page, "#step-up", ("Input.Password", person.Password))
            ).ShouldBe("/Privacy");
        }

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_a_change_elsewhere_at_the_same_moment_neither_page_acts_for_the_older_session()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await StepUpWithPasswordAsync(browser, person);
        var settings = await TwoFactorPage.OpenAsync(browser);
        // Between the check of the cookie and the statement, as another instance would.
        await site.InDatabaseAsync(db =>
            db.Database.ExecuteSqlRawAsync("UPDATE AspNetUsers SET SecurityStamp = 'CHANGED'")
        );

        (await settings.TurnOffAsync()).ShouldBe(LoginPage.Path);

        Assert.True(await site.InDatabaseAsync(db => db.Users.AnyAsync(u => u.TwoFactorEnabled)));
    }

    [Fact]
    public async Task Given_five_wrong_passwords_at_the_step_up_the_account_is_locked_and_the_session_ends()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);

        HtmlPage page = await browser.GoAsync(StepUp);
        for (var i = 0; i < 5; i++)
        {
            page = await browser.SubmitAsync(
                page,
                "#step-up",
                ("Input.Password", "not the password at all")
            );
        }

        page.ShouldBe("/Identity/Account/Lockout");
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_2FA_on_a_new_number_needs_a_step_up_and_the_old_number_serves_until_the_new_one_is_proved()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var moved = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        (await browser.GoAsync(AddNumber)).ShouldBe(StepUp);
        await StepUpWithPasswordAsync(browser, person);
        var verify = (await browser.StartNumberAsync(moved.Number)).ShouldBe(VerifyNumber);

        // In between the old number still opens the account.
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var elsewhere = site.NewBrowser();
        await (await elsewhere.TypePasswordAsync(person)).SubmitAsync(site.CodeOnPhone(person));
        Assert.True(await elsewhere.IsSignedInAsync());

        await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.CodeOnPhone(moved))
        );
        Assert.False(await elsewhere.IsSignedInAsync());
        Assert.True(await browser.IsSignedInAsync());
        var code = await site.NewBrowser().TypePasswordAsync(person);
        code.Page.ShouldSay($"number ending {moved.Number[^2..]}");
    }

    [Fact]
    public async Task Given_a_number_change_every_code_sent_before_it_is_dead()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var moved = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await StepUpWithPasswordAsync(browser, person);
        var verify = await browser.StartNumberAsync(moved.Number);
        site.Clock.Advance(TimeSpan.FromSeconds(30));
        var waiting = site.NewBrowser();
        var code = await waiting.TypePasswordAsync(person);
        var oldCode = site.CodeOnPhone(person);

        await browser.SubmitAsync(
            verify,
            "#verify-phone-number",
            ("Input.Code", site.CodeOnPhone(moved))
        );
        await code.SubmitAsync(oldCode);

        Assert.False(await waiting.IsSignedInAsync());
    }

    private static async Task<Browser> SignedInAsync(TestSite site, Person person)
    {
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        return browser;
    }

    /// <summary>With a factor given a moment ago the password is all a step-up asks for.</summary>
    private static async Task StepUpWithPasswordAsync(Browser browser, Person person)
    {
        var page = (await browser.GoAsync($"{StepUp}?ReturnUrl=%2FPrivacy")).ShouldBe(StepUp);
        (await browser.SubmitAsync(page, "#step-up", ("Input.Password", person.Password))).ShouldBe(
            "/Privacy"
        );
    }
}
