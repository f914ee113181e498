using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Composition;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What a sensitive action asks for first, whichever page it is on (R10, threats T04, T18).</summary>
[Trait("Covers", "R10")]
[Trait("Covers", "R18")]
[Trait("Covers", "T04")]
[Trait("Covers", "T18")]
public sealed class StepUpTests
{
    private const string StepUpPath = "/Identity/Account/StepUp";
    private const string CodePath = "/Identity/Account/StepUpCode";
    private const string Payment = "/Examples/ConfirmPayment";
    private const string Manage = "/Identity/Account/Manage";

    /// <summary>Each handler that needs one, and nothing that should and does not.</summary>
    [Fact]
    public void These_handlers_need_a_step_up_and_no_others()
    {
        var guarded = typeof(RequireStepUpAttribute)
            .Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(PageModel)))
            .SelectMany(type =>
                type.GetMethods(
                        BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly
                    )
                    .Where(method => method.Name.StartsWith("On", StringComparison.Ordinal))
                    .Where(method =>
                        type.IsDefined(typeof(RequireStepUpAttribute))
                        || method.IsDefined(typeof(RequireStepUpAttribute))
                    )
                    .Select(method => $"{type.Name}.{method.Name}")
            )
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "AddPhoneNumberModel.OnGetAsync",
                "AddPhoneNumberModel.OnPostAsync",
                "ConfirmPaymentModel.OnPost",
                "DeletePersonalDataModel.OnGet",
                "DeletePersonalDataModel.OnPostAsync",
                "EmailModel.OnPostChangeEmailAsync",
                "EnableAuthenticatorModel.OnGetAsync",
                "EnableAuthenticatorModel.OnPostAsync",
                "GenerateRecoveryCodesModel.OnPostAsync",
                "RemovePhoneNumberModel.OnPostAsync",
                "ResetAuthenticatorModel.OnPostAsync",
                "TwoFactorAuthenticationModel.OnPostTurnOffAsync",
            ],
            guarded
        );
    }

    [Theory]
    [InlineData($"{Manage}/TwoFactorAuthentication", "#disable-two-factor")]
    [InlineData($"{Manage}/GenerateRecoveryCodes", "#generate-recovery-codes")]
    [InlineData($"{Manage}/RemovePhoneNumber", "#remove-phone-number")]
    [InlineData(Payment, "#confirm-payment")]
    public async Task Given_no_step_up_the_action_is_not_done_and_after_it_the_person_is_back_on_the_page(
        string path,
        string form
    )
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var browser = site.NewBrowser();
        await browser.SignInWithCodeAsync(site, person);
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var before = await AccountAsync(site);

        var stepUp = await browser.SubmitAsync(await browser.GoAsync(path), $"main {form}");

        var code = await browser.StepUpAsync(stepUp, person);
        Assert.Equal(before, await AccountAsync(site));
        var back = await browser.StepUpCodeAsync(code, site.CodeOnPhone(person));
        back.ShouldBe(path).ShouldSayAnywhere("You can now make the change you wanted to make.");
        Assert.Equal(before, await AccountAsync(site));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Given_a_step_up_it_holds_for_five_minutes(int secondsFromEnd, bool isPaid)
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await SignedInAsync(site);
        var stepUp = await PayAsync(browser);
        // A code of the sign-in moments ago is the factor; only the password is typed.
        (await browser.StepUpAsync(stepUp, person)).ShouldBe(Payment);
        site.Clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(secondsFromEnd));

        var page = await PayAsync(browser);

        page.ShouldBe(isPaid ? Payment : StepUpPath);
        Assert.Equal(isPaid, page.Has("#paid"));
    }

    [Fact]
    public async Task Given_a_step_up_in_one_browser_another_of_the_same_person_still_needs_one()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await SignedInAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var other = site.NewBrowser();
        await other.SignInWithCodeAsync(site, person);
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        await browser.StepUpCodeAsync(
            await browser.StepUpAsync(await PayAsync(browser), person),
            site.CodeOnPhone(person)
        );
        Assert.True((await PayAsync(browser)).Has("#paid"));

        (await PayAsync(other)).ShouldBe(StepUpPath);
    }

    [Fact]
    public async Task Given_the_password_alone_the_action_still_needs_the_code()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await SignedInAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(6));

        (await browser.StepUpAsync(await PayAsync(browser), person)).ShouldBe(CodePath);

        (await PayAsync(browser)).ShouldBe(StepUpPath);
    }

    [Fact]
    public async Task Given_an_account_without_second_factor_a_recent_password_is_enough()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        Assert.True((await PayAsync(browser)).Has("#paid"));
        site.Clock.Advance(TimeSpan.FromMinutes(5));

        (await browser.StepUpAsync(await PayAsync(browser), person)).ShouldBe(Payment);

        Assert.True((await PayAsync(browser)).Has("#paid"));
        Assert.Equal(0, site.Sends);
    }

    [Fact]
    public async Task Given_an_app_the_step_up_asks_for_its_code_and_sends_nothing()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();
        await (await browser.TypePasswordForAppAsync(person)).SubmitAsync(
            app.CodeAt(site.Clock.GetUtcNow())
        );
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var code = await browser.StepUpAsync(await PayAsync(browser), person);
        code.ShouldSay("Type the code of 6 digits that your app shows");
        var wrong = await browser.StepUpCodeAsync(code, app.WrongCodeAt(site.Clock.GetUtcNow()));
        wrong.ShouldSay("That code is not correct.");

        await browser.StepUpCodeAsync(wrong, app.CodeAt(site.Clock.GetUtcNow()));

        Assert.True((await PayAsync(browser)).Has("#paid"));
        Assert.Equal(0, site.Sends);
    }

    [Fact]
    public async Task Given_no_phone_at_hand_a_recovery_code_confirms_once()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var codes = await (await browser.ProveNumberAsync(site, person)).TurnOnAndLookAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var page = await browser.StepUpAsync(await PayAsync(browser), person);
        var other = await browser.GoAsync(
            page.Document.QuerySelector("#way-recoverycode")!.GetAttribute("href")!
        );
        (await browser.StepUpCodeAsync(other, "")).ShouldSay("Enter one of your recovery codes.");
        (await browser.StepUpCodeAsync(other, "wrong")).ShouldSay(
            "That is not one of your recovery codes"
        );

        var back = await browser.StepUpCodeAsync(other, codes.Codes[0]);

        back.ShouldBe(Payment).ShouldSayAnywhere("9 are left.");
        Assert.True((await PayAsync(browser)).Has("#paid"));
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await browser.StepUpAsync(await PayAsync(browser), person);
        (
            await browser.StepUpCodeAsync(
                await browser.GoAsync(other.Address.PathAndQuery),
                codes.Codes[0]
            )
        ).ShouldSay("That is not one of your recovery codes, or it was used already.");
    }

    [Fact]
    public async Task Given_an_app_first_a_message_can_be_asked_for_instead_and_opening_the_page_sends_none()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.EnrolAsync(site, person);
        await browser.StepUpAsync(await browser.GoAsync(AppSetupPage.Path), person);
        await browser.SetAppUpAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var sends = site.Sends;
        var page = await browser.StepUpAsync(await PayAsync(browser), person);
        var sms = await browser.GoAsync(
            page.Document.QuerySelector("#way-sms")!.GetAttribute("href")!
        );
        Assert.Equal(sends, site.Sends);

        var code = await browser.SubmitAsync(sms, "#step-up-send");
        await browser.StepUpCodeAsync(code, site.CodeOnPhone(person));

        Assert.Equal(sends + 1, site.Sends);
        Assert.True((await PayAsync(browser)).Has("#paid"));
    }

    [Theory]
    [InlineData("App")]
    [InlineData("RecoveryCode")]
    [InlineData("Sms")]
    [InlineData("Password")]
    [InlineData("nonsense")]
    public async Task Given_no_password_the_page_for_codes_leads_back_to_it_and_tries_nothing(
        string way
    )
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await SignedInAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var stepUp = await PayAsync(browser);
        var sends = site.Sends;

        (await browser.GoAsync($"{CodePath}?Way={way}")).ShouldBe(StepUpPath);
        foreach (var handler in new[] { "", "Send" })
        {
            var request = Browser.Request(stepUp, "#step-up", ("Input.Code", "123456"));
            request.RequestUri = new Uri(
                $"https://localhost{CodePath}?Way={way}&handler={handler}"
            );
            var answer = await browser.SendAsync(request);
            Assert.StartsWith(
                StepUpPath,
                answer.Headers.Location?.OriginalString,
                StringComparison.Ordinal
            );
        }

        Assert.Equal(sends, site.Sends);
        Assert.Equal(
            0,
            await site.InDatabaseAsync(db =>
                db.LimitUses.CountAsync(u =>
                    u.Rule == LimitRule.AppGuesses || u.Rule == LimitRule.RecoveryGuesses
                )
            )
        );
    }

    [Fact]
    public async Task Given_a_code_for_a_new_number_it_confirms_no_step_up()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await SignedInAsync(site);
        await browser.StepUpAsync(await PayAsync(browser), person);
        var newNumber = Person.New();
        await browser.StartNumberAsync(newNumber.Number);
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var code = await browser.StepUpAsync(
            await browser.GoAsync($"{StepUpPath}?ReturnUrl={Payment}"),
            person
        );
        // The factor of the sign-in has gone stale by now, so a code of its own is asked for.
        var answer = await browser.StepUpCodeAsync(code, site.CodeOnPhone(newNumber));

        answer.ShouldBe(CodePath).ShouldSay("That code is not correct.");
        (await PayAsync(browser)).ShouldBe(StepUpPath);
    }

    [Fact]
    public async Task Given_a_signed_out_person_the_action_asks_for_the_sign_in()
    {
        await using var site = await TestSite.StartAsync();

        (await site.NewBrowser().GoAsync(Payment)).ShouldBe(LoginPage.Path);
    }

    [Fact]
    public async Task Given_five_wrong_passwords_in_step_ups_the_account_is_locked_and_the_session_over()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await SignedInAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var page = await PayAsync(browser);
        for (var i = 0; i < 4; i++)
        {
            page = await browser.SubmitAsync(page, "#step-up", ("Input.Password", "wrong"));
            page.ShouldBe(StepUpPath).ShouldSay("That password is not correct.");
        }

        (await browser.SubmitAsync(page, "#step-up", ("Input.Password", "wrong"))).ShouldBe(
            "/Identity/Account/Lockout"
        );
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Given_the_app_to_be_removed_it_stays_until_the_step_up_is_done()
    {
        await using var site = await TestSite.StartAsync();
        var (person, app) = await site.PersonWithAppAsync();
        var browser = site.NewBrowser();
        await (await browser.TypePasswordForAppAsync(person)).SubmitAsync(
            app.CodeAt(site.Clock.GetUtcNow())
        );
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        var page = await browser.GoAsync($"{Manage}/ResetAuthenticator");

        (await browser.SubmitAsync(page, "#reset-authenticator-form")).ShouldBe(StepUpPath);

        Assert.True((await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    /// <summary>Or the button that turns it on would make new recovery codes for whoever finds a signed-in browser.</summary>
    [Fact]
    public async Task Given_two_factor_on_turning_it_on_again_does_nothing_and_shows_no_codes()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var settings = await browser.ProveNumberAsync(site, person);
        await settings.TurnOnAsync();
        var before = await AccountAsync(site);

        // The form from before it was on, as Back shows it.
        var answer = await browser.SubmitAsync(settings.Page, "#enable-two-factor");

        answer.ShouldBe(TwoFactorPage.Path).ShouldSayAnywhere("Nothing was changed.");
        Assert.Equal(before, await AccountAsync(site));
        (await browser.GoAsync(RecoveryCodesPage.Path)).ShouldBe(TwoFactorPage.Path);
    }

    [Fact]
    public async Task Given_two_factor_on_without_any_factor_a_remembered_browser_changes_nothing_by_the_password()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var browser = site.NewBrowser();
        await (await browser.TypePasswordAsync(person)).SubmitAndRememberAsync(
            site.CodeOnPhone(person)
        );
        await browser.SignOutAsync();
        await browser.SignInAsync(person);
        await site.UnconfirmNumberAsync(person.Email);

        var stepUp = await browser.GoAsync($"{Manage}/AddPhoneNumber");

        var code = await browser.StepUpAsync(stepUp, person);
        code.ShouldBe(CodePath).ShouldSay("Type one of your recovery codes.");
        (await browser.GoAsync($"{Manage}/AddPhoneNumber")).ShouldBe(StepUpPath);
    }

    [Theory]
    [InlineData("Password")]
    [InlineData("RememberedBrowser")]
    [InlineData("App")]
    [InlineData("99")]
    public async Task Given_a_way_that_the_account_does_not_have_the_page_says_so_or_takes_the_usual_one(
        string way
    )
    {
        await using var site = await TestSite.StartAsync();
        var (browser, person) = await SignedInAsync(site);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        await browser.StepUpAsync(await PayAsync(browser), person);

        var page = (await browser.GoAsync($"{CodePath}?Way={way}")).ShouldBe(CodePath);

        page.ShouldSay(
            way == "App"
                ? "Your account does not have this way. Choose another one."
                : "We sent a security code of 6 digits"
        );
    }

    [Fact]
    public async Task Given_two_factor_off_and_the_phone_lost_the_password_is_enough_for_another_number()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await browser.ProveNumberAsync(site, person);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var sends = site.Sends;

        var page = await browser.StepUpAsync(
            await browser.GoAsync($"{Manage}/AddPhoneNumber"),
            person
        );

        page.ShouldBe($"{Manage}/AddPhoneNumber");
        Assert.Equal(sends, site.Sends);
    }

    [Fact]
    public async Task Given_a_code_that_expired_on_the_way_to_turning_it_on_starting_again_sends_another()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await browser.ProveNumberAsync(site, person);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var stepUp = await (await TwoFactorPage.OpenAsync(browser)).TurnOnAsync();
        var code = await browser.StepUpAsync(stepUp, person);
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        var sends = site.Sends;

        var again = await browser.GoAsync(
            code.Document.QuerySelectorAll("main a")
                .Single(link =>
                    link.TextContent.StartsWith("Start again", StringComparison.Ordinal)
                )
                .GetAttribute("href")!
        );
        await browser.StepUpCodeAsync(
            await browser.StepUpAsync(again, person),
            site.CodeOnPhone(person)
        );
        await (await TwoFactorPage.OpenAsync(browser)).TurnOnAsync();

        Assert.Equal(sends + 1, site.Sends);
        Assert.True((await TwoFactorPage.OpenAsync(browser)).IsOn);
    }

    /// <summary>Wherever an adopter may write it, it must not be there for nothing.</summary>
    [Fact]
    public void Given_the_attribute_on_an_endpoint_that_is_no_page_the_site_does_not_start()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapPost("/pay", [RequireStepUp] () => "paid");

        var refusal = Assert.Throws<InvalidOperationException>(() =>
            StepUpFilter.ThrowIfUnheeded(app)
        );

        Assert.Contains("/pay", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<(Browser Browser, Person Person)> SignedInAsync(TestSite site)
    {
        var person = await site.PersonWithTwoFactorAsync();
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        var browser = site.NewBrowser();
        await browser.SignInWithCodeAsync(site, person);
        return (browser, person);
    }

    private static async Task<HtmlPage> PayAsync(Browser browser) =>
        await browser.SubmitAsync(
            (await browser.GoAsync(Payment)).ShouldBe(Payment),
            "#confirm-payment"
        );

    private static Task<string> AccountAsync(TestSite site) =>
        site.InDatabaseAsync(async db =>
        {
            var user = await db.Users.AsNoTracking().SingleAsync();
            var codes = await db.RecoveryCodes.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync();
            return $"{user.PhoneNumber} {user.TwoFactorEnabled} {user.SecurityStamp} {string.Join(',', codes)}";
        });
}
