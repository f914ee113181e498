using Microsoft.Playwright;
using Otp2fa.Web.Tests.Site;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>The whole way, in a browser, with the code read from the web phone.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class JourneyTests(Chromium chromium)
{
    [BrowserTheory]
    [InlineData(390, 844, true, true, ColorScheme.Light)]
    [InlineData(320, 640, true, false, ColorScheme.Dark)]
    [InlineData(1280, 900, false, true, ColorScheme.Dark)]
    [InlineData(1280, 900, false, false, ColorScheme.Light)]
    public Task A_person_registers_proves_a_number_turns_2FA_on_and_signs_in_with_the_code_on_the_phone(
        int width,
        int height,
        bool phone,
        bool script,
        ColorScheme scheme
    ) =>
        chromium.VisitAsync(
            new Look(width, height, phone, script, scheme),
            async visit =>
            {
                var person = Person.New();
                await visit.GoAsync("/");
                await visit.ShouldBeSoundAsync("01-start");
                await visit.OpenRegisterAsync();
                await visit.ShouldBeSoundAsync("02-register");
                await visit.RegisterAsync(person);
                await visit.ShouldBeSoundAsync("03-confirm-link");
                await visit.FollowLinkAsync();
                await visit.ShouldBeSoundAsync("04-confirm");
                await visit.ConfirmAsync();
                await visit.ShouldBeSoundAsync("05-sign-in");
                await visit.TypePasswordAsync(person, "/");
                await visit.ShouldBeSoundAsync("06-signed-in");

                await visit.PressAsync("#manage", Journey.Manage);
                await visit.ShouldBeSoundAsync("07-account");
                await visit.PressAsync("#two-factor", $"{Journey.Manage}/TwoFactorAuthentication");
                await visit.ShouldBeSoundAsync("08-no-number");
                await visit.PressAsync("#enable-sms", $"{Journey.Manage}/AddPhoneNumber");
                await visit.ShouldBeSoundAsync("09-add-number");
                await visit.TypeNumberAsync(person.Number, $"{Journey.Manage}/VerifyPhoneNumber");
                await visit.ShouldBeSoundAsync("10-prove-number");
                await visit.TypeCodeAsync(
                    Journey.OtherCode,
                    await visit.ReadPhoneAsync(person),
                    $"{Journey.Manage}/TwoFactorAuthentication"
                );
                await visit.ShouldBeSoundAsync("11-proved");
                await visit.TurnOnAsync();
                await visit.ShouldBeSoundAsync("12-on");

                await visit.PressAsync(Journey.SignOut, $"{Journey.Account}/Logout");
                await visit.ShouldBeSoundAsync("13-signed-out");
                await visit.ReachCodePageAsync(person);
                await visit.ShouldBeSoundAsync("14-code");
                await visit.TypeCodeAsync(
                    Journey.SignInCode,
                    await visit.ReadPhoneAsync(person),
                    "/"
                );
                await Expect(visit.Find("#manage")).ToBeVisibleAsync();
                Assert.Equal(2, visit.Site.Sends);
                Assert.Equal(2, visit.Site.Verifies);
            }
        );
}
