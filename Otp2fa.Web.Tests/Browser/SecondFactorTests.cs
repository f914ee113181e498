using Microsoft.Playwright;
using Otp2fa.Web.Tests.Site;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>Living with two factors, in a browser: the app, the lost phone, another number, a payment, a remembered browser.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class SecondFactorTests(Chromium chromium)
{
    private const string TwoFactor = $"{Journey.Manage}/TwoFactorAuthentication";
    private const string AppCode = $"{Journey.Account}/LoginWith2faApp";

    public static TheoryData<int, bool, bool, ColorScheme> Looks =>
        new()
        {
            { 320, true, true, ColorScheme.Light },
            { 320, true, true, ColorScheme.Dark },
            { 1280, false, false, ColorScheme.Light },
        };

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public Task A_person_lets_an_app_read_the_picture_and_signs_in_with_its_code(
        int width,
        bool phone,
        bool script,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, 900, phone, script, scheme),
            async visit =>
            {
                var person = Person.New();
                await visit.Site.NewBrowser().RegisterAsync(person);
                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.TypePasswordAsync(person, "/");
                await visit.GoAsync(TwoFactor);
                await visit.PressAsync(
                    "#enable-authenticator",
                    $"{Journey.Manage}/EnableAuthenticator"
                );
                await visit.ShouldBeSoundAsync("20-app");
                var app = await visit.ReadQrCodeAsync();
                await visit.TypeCodeAsync(
                    Journey.OtherCode,
                    app.WrongCodeAt(TimeProvider.System.GetUtcNow()),
                    $"{Journey.Manage}/EnableAuthenticator"
                );
                await visit.ShouldShowErrorsAsync();
                await visit.ShouldBeSoundAsync("21-app-wrong");
                var used = app.CodeAt(TimeProvider.System.GetUtcNow());
                await visit.TypeCodeAsync(
                    Journey.OtherCode,
                    used,
                    $"{Journey.Manage}/ShowRecoveryCodes"
                );
                await visit.ShouldBeSoundAsync("22-recovery-codes");
                await visit.PressAsync("#codes-kept [type=submit]", TwoFactor);
                await visit.ShouldBeSoundAsync("23-app-on");

                await visit.PressAsync(Journey.SignOut, $"{Journey.Account}/Logout");
                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.TypePasswordAsync(person, AppCode);
                await visit.ShouldBeSoundAsync("24-app-code");
                // The code of this half minute was used to set the app up; the next one is taken already.
                await visit.TypeCodeAsync(
                    Journey.SignInCode,
                    app.CodeAt(TimeProvider.System.GetUtcNow(), steps: 1),
                    "/"
                );
                await Expect(visit.Find("#manage")).ToBeVisibleAsync();
                Assert.Equal(0, visit.Site.Sends);
            }
        );

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public Task A_person_who_lost_the_phone_finds_the_recovery_code_or_who_helps(
        int width,
        bool phone,
        bool script,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, 900, phone, script, scheme),
            async visit =>
            {
                var person = Person.New();
                var browser = visit.Site.NewBrowser();
                await browser.RegisterAsync(person);
                await browser.SignInAsync(person);
                var codes = await (
                    await browser.ProveNumberAsync(visit.Site, person)
                ).TurnOnAndLookAsync();

                await visit.ReachCodePageAsync(person);
                await visit.PressAsync("#another-way", $"{Journey.Account}/TryAnotherWay");
                await visit.ShouldSayAsync("A person has to help");
                await visit.ShouldBeSoundAsync("30-another-way");
                await visit.PressAsync(
                    "#way-recoverycode",
                    $"{Journey.Account}/LoginWithRecoveryCode"
                );
                await visit.ShouldBeSoundAsync("31-recovery-code");
                await visit.Find("#Input_RecoveryCode").FillAsync("not one");
                await visit.PressAsync(
                    Journey.Continue,
                    $"{Journey.Account}/LoginWithRecoveryCode"
                );
                await visit.ShouldShowErrorsAsync();
                await visit
                    .Find("#Input_RecoveryCode")
                    .FillAsync(codes.Codes[3].ToUpperInvariant());
                await visit.PressAsync(Journey.Continue, "/");
                await visit.ShouldSayAsync("9 are left.");
                await visit.ShouldBeSoundAsync("32-signed-in");
                await visit.GoAsync($"{Journey.Manage}/GenerateRecoveryCodes");
                await visit.ShouldBeSoundAsync("33-new-codes");
            }
        );

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public Task A_person_moves_to_another_number_and_the_old_one_serves_until_then(
        int width,
        bool phone,
        bool script,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, 900, phone, script, scheme),
            async visit =>
            {
                var person = await visit.Site.PersonWithTwoFactorAsync();
                var moved = Person.New() with { Email = person.Email, Password = person.Password };
                await visit.SignInAsync(person);
                await visit.GoAsync($"{Journey.Manage}/AddPhoneNumber");
                await visit.ShouldBeSoundAsync("40-step-up");
                await visit.StepUpAsync(person, $"{Journey.Manage}/AddPhoneNumber");
                await visit.ShouldSayAsync($"ending {person.Number[^2..]}");
                await visit.ShouldBeSoundAsync("41-other-number");
                await visit.TypeNumberAsync(moved.Number, $"{Journey.Manage}/VerifyPhoneNumber");
                await visit.TypeCodeAsync(
                    Journey.OtherCode,
                    await visit.ReadPhoneAsync(moved),
                    TwoFactor
                );
                await visit.ShouldSayAsync($"ending {moved.Number[^2..]}");
                await visit.ShouldBeSoundAsync("42-moved");
                await visit.GoAsync($"{Journey.Manage}/RemovePhoneNumber");
                await visit.ShouldBeSoundAsync("43-remove-number");
                await visit.GoAsync($"{Journey.Manage}/SecurityHistory");
                await visit.ShouldBeSoundAsync("44-history");
                await visit.PressAsync(Journey.SignOut, $"{Journey.Account}/Logout");
                await visit.SignInAsync(moved);
            }
        );

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public Task A_person_confirms_a_payment_with_password_and_code_or_another_way(
        int width,
        bool phone,
        bool script,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, 900, phone, script, scheme),
            async visit =>
            {
                var person = await visit.Site.PersonWithTwoFactorAsync();
                // Not with a code: its factor would still be fresh.
                var before = visit.Site.NewBrowser();
                await (await before.TypePasswordAsync(person)).SubmitAndRememberAsync(
                    visit.Site.CodeOnPhone(person)
                );
                await visit.TakeCookieAsync(before, "Otp2fa.RememberedBrowser");
                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.TypePasswordAsync(person, "/");

                await visit.PressAsync("#example-payment", "/Examples/ConfirmPayment");
                await visit.ShouldBeSoundAsync("50-payment");
                await visit.PressAsync(
                    "#confirm-payment [type=submit]",
                    $"{Journey.Account}/StepUp"
                );
                await visit.StepUpAsync(person, $"{Journey.Account}/StepUpCode");
                await visit.ShouldBeSoundAsync("51-step-up-code");
                await visit.Find("#other-ways summary").ClickAsync();
                await visit.PressAsync("#way-recoverycode", $"{Journey.Account}/StepUpCode");
                await visit.ShouldBeSoundAsync("52-step-up-recovery");
                await visit.Find("#other-ways summary").ClickAsync();
                await visit.PressAsync("#way-sms", $"{Journey.Account}/StepUpCode");
                await visit.TypeCodeAsync(
                    Journey.OtherCode,
                    await visit.ReadPhoneAsync(person),
                    "/Examples/ConfirmPayment"
                );
                await visit.PressAsync(
                    "#confirm-payment [type=submit]",
                    "/Examples/ConfirmPayment"
                );
                await Expect(visit.Find("#paid")).ToBeVisibleAsync();
                await visit.ShouldBeSoundAsync("53-paid");
            }
        );

    [BrowserTheory]
    [MemberData(nameof(Looks))]
    public Task A_person_has_the_browser_remembered_and_forgotten_again(
        int width,
        bool phone,
        bool script,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, 900, phone, script, scheme),
            async visit =>
            {
                var person = await visit.BeginSignInAsync();
                await Expect(visit.Find("#Input_RememberMachine")).Not.ToBeCheckedAsync();
                await visit.Find("#Input_RememberMachine").CheckAsync();
                await visit.TypeCodeAsync(
                    Journey.SignInCode,
                    await visit.ReadPhoneAsync(person),
                    "/"
                );
                await visit.PressAsync(Journey.SignOut, $"{Journey.Account}/Logout");
                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.TypePasswordAsync(person, "/");

                await visit.GoAsync($"{Journey.Manage}/Sessions");
                await visit.ShouldBeSoundAsync("60-sessions");
                await visit.PressAsync("#remembered", $"{Journey.Manage}/RememberedBrowsers");
                await visit.ShouldSayAsync("this browser");
                await visit.ShouldBeSoundAsync("61-remembered");
                // The session stands on the remembered browser, so it ends with it.
                await visit.PressAsync(".remembered [type=submit]", $"{Journey.Account}/Login");
                await visit.ShouldSayAsync("That browser is forgotten.");
                await visit.ShouldBeSoundAsync("62-forgotten");
                await visit.TypePasswordAsync(person, Journey.CodePage);
            }
        );

    [BrowserTheory]
    [InlineData(320, true, ColorScheme.Light)]
    [InlineData(1280, false, ColorScheme.Dark)]
    public Task Given_two_factor_required_the_person_is_led_to_turn_it_on(
        int width,
        bool phone,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, 900, phone, Script: true, scheme),
            async visit =>
            {
                var person = Person.New();
                await visit.Site.NewBrowser().RegisterAsync(person);
                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.TypePasswordAsync(person, TwoFactor);
                await visit.ShouldSayAsync("Your account must have it on.");
                await visit.ShouldBeSoundAsync("70-required");
            },
            [("Accounts:TwoFactorRequired", "Everybody")]
        );
}
