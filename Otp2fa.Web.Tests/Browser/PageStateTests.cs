using Microsoft.Playwright;
using Otp2fa.Web.Tests.Site;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>The pages that a smooth journey does not pass: errors, dead ends and asking again.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class PageStateTests(Chromium chromium)
{
    [BrowserTheory]
    [InlineData(320, 640, true, ColorScheme.Light)]
    [InlineData(320, 640, true, ColorScheme.Dark)]
    [InlineData(1280, 900, false, ColorScheme.Light)]
    public Task Given_any_state_of_a_page_it_is_accessible_and_fits_the_screen(
        int width,
        int height,
        bool phone,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, height, phone, Script: true, scheme),
            async visit =>
            {
                visit.WillAnswer(404);
                await visit.GoAsync("/no-such-page");
                await visit.ShouldSayAsync("Check it, or start again from the start page.");
                await visit.ShouldBeSoundAsync("state-404");
                await visit.GoAsync("/Privacy");
                await visit.ShouldBeSoundAsync("state-privacy");
                await visit.GoAsync($"{Journey.Account}/Lockout");
                await visit.ShouldBeSoundAsync("state-lockout");
                await visit.GoAsync($"{Journey.Account}/Register");
                await visit.PressAsync("#registerSubmit", $"{Journey.Account}/Register");
                await visit.ShouldShowErrorsAsync();
                await visit.ShouldBeSoundAsync("state-register-error");

                var person = await visit.BeginSignInAsync();
                // As long as one word of an address may be, and no place to break it.
                await visit.Site.RenameAsync(person, new string('w', 64) + "@example.com");
                await visit.TypeCodeAsync(
                    Journey.SignInCode,
                    visit.Site.WrongCode(person),
                    Journey.CodePage
                );
                await visit.ShouldShowErrorsAsync();
                await visit.Find("#code-problems summary").ClickAsync();
                await Expect(visit.Find("#lost-phone")).ToBeVisibleAsync();
                await visit.ShouldBeSoundAsync("state-code-error");
                await visit.PressAsync("#send-again", $"{Journey.Account}/ResendCode");
                await visit.ShouldBeSoundAsync("state-resend");
                await visit.PressAsync("#call-me", Journey.CodePage);
                await visit.ShouldSayAsync("We are calling you.");
                await visit.ShouldBeSoundAsync("state-called");
                await visit.TypeCodeAsync(Journey.SignInCode, visit.Site.CodeOnPhone(person), "/");

                await visit.ShouldBeSoundAsync("state-long-name-start");
                await visit.GoAsync(Journey.Manage);
                await visit.ShouldBeSoundAsync("state-long-name");
                foreach (var page in new[] { "ChangePassword", "PersonalData" })
                {
                    await visit.GoAsync($"{Journey.Manage}/{page}");
                    await visit.ShouldBeSoundAsync($"state-{page}");
                }

                await visit.GoAsync($"{Journey.Manage}/AddPhoneNumber");
                await visit.ShouldBeAtAsync($"{Journey.Account}/StepUp");
                await visit.ShouldBeSoundAsync("state-step-up");
                await visit.Find("#Input_Password").FillAsync("not the password at all");
                await visit.PressAsync("#step-up-submit", $"{Journey.Account}/StepUp");
                await visit.ShouldShowErrorsAsync();
                await visit.ShouldBeSoundAsync("state-step-up-error");
                await visit.Find("#Input_Password").FillAsync(person.Password);
                await visit.PressAsync("#step-up-submit", $"{Journey.Manage}/AddPhoneNumber");
                await visit.TypeNumberAsync("not a number", $"{Journey.Manage}/AddPhoneNumber");
                await visit.ShouldShowErrorsAsync();
                await visit.ShouldBeSoundAsync("state-add-number-error");
                await visit.GoAsync($"{Journey.Manage}/DeletePersonalData");
                await visit.ShouldBeAtAsync($"{Journey.Manage}/DeletePersonalData");
                await visit.ShouldBeSoundAsync("state-DeletePersonalData");
                await visit.GoAsync($"{Journey.Manage}/AddPhoneNumber");

                var held = await visit.OpenPhoneAsync(person);
                await held.ShouldBeSoundAsync(visit.Look);
            }
        );

    [BrowserTheory]
    [InlineData(320, 640, true, ColorScheme.Light)]
    [InlineData(320, 640, true, ColorScheme.Dark)]
    [InlineData(1280, 900, false, ColorScheme.Light)]
    public Task Given_any_limit_that_is_met_its_page_is_accessible_and_says_how_long(
        int width,
        int height,
        bool phone,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, height, phone, Script: true, scheme),
            async visit =>
            {
                var person = await visit.BeginSignInAsync();
                await visit.Find("#code-problems summary").ClickAsync();
                await visit.PressAsync("#send-again", $"{Journey.Account}/ResendCode");
                await visit.ShouldSayAsync("You can get it again in");
                await visit.ShouldBeSoundAsync("limit-resend-wait");
                await visit.PressAsync("#resend-code-submit", $"{Journey.Account}/ResendCode");
                await visit.ShouldSayAsync("You can get one here in");
                await visit.ShouldBeSoundAsync("limit-resend-refused");

                await visit.Context.ClearCookiesAsync();
                await visit.ReachCodePageAsync(person);
                await visit.ShouldSayAsync("A code for your account was asked for a moment ago.");
                await visit.ShouldBeSoundAsync("limit-other-browser");

                var newcomer = Person.New();
                await visit.Site.NewBrowser().RegisterAsync(newcomer);
                await visit.Context.ClearCookiesAsync();
                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.TypePasswordAsync(newcomer, "/");
                await visit.GoAsync($"{Journey.Manage}/AddPhoneNumber");
                await visit.TypeNumberAsync(newcomer.Number, $"{Journey.Manage}/VerifyPhoneNumber");
                await visit.GoAsync($"{Journey.Manage}/AddPhoneNumber");
                await visit.TypeNumberAsync(newcomer.Number, $"{Journey.Manage}/AddPhoneNumber");
                await visit.ShouldShowErrorsAsync();
                await visit.ShouldBeSoundAsync("limit-new-number");
                await visit.PressAsync("#have-code", $"{Journey.Manage}/VerifyPhoneNumber");
            },
            [("Limits:FirstWait", "00:00:30"), ("TwoFactor:OfferCalls", "true")]
        );

    [BrowserFact]
    public Task Given_the_account_pages_the_current_one_is_marked_in_their_list() =>
        chromium.VisitAsync(
            Look.Desktop,
            async visit =>
            {
                var person = Person.New();
                await visit.Site.NewBrowser().RegisterAsync(person);
                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.TypePasswordAsync(person, "/");

                foreach (
                    var (link, path) in new[]
                    {
                        ("profile", Journey.Manage),
                        ("two-factor", $"{Journey.Manage}/TwoFactorAuthentication"),
                        ("phone-number", $"{Journey.Manage}/AddPhoneNumber"),
                    }
                )
                {
                    await visit.GoAsync(path);
                    await Expect(visit.Find("[aria-current=page]")).ToHaveIdAsync(link);
                }
            }
        );

    [BrowserFact]
    public Task Given_a_keyboard_the_first_stop_is_a_visible_link_past_the_header() =>
        chromium.VisitAsync(
            Look.Desktop,
            async visit =>
            {
                await visit.GoAsync("/");
                await visit.Page.Keyboard.PressAsync("Tab");

                await Expect(visit.Find(".skip")).ToBeFocusedAsync();
                await Expect(visit.Find(".skip")).ToBeInViewportAsync();
                await visit.Page.Keyboard.PressAsync("Enter");
                await visit.Page.Keyboard.PressAsync("Tab");
                await Expect(visit.Find("main a >> nth=0")).ToBeFocusedAsync();
            }
        );
}
