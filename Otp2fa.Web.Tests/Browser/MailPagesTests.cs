using Microsoft.Playwright;
using Otp2fa.Web.Tests.Site;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>The pages around mails, in a browser: a forgotten password, another address, "it was not me".</summary>
[Collection(ChromiumCollection.Name)]
public sealed class MailPagesTests(Chromium chromium)
{
    private const string NewPassword = "quite another set of words";

    [BrowserTheory]
    [InlineData(320, true, true, ColorScheme.Dark)]
    [InlineData(1280, false, false, ColorScheme.Light)]
    public Task A_person_forgets_the_password_moves_to_another_address_and_finds_a_stranger_at_the_account(
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
                await visit.PressAsync(
                    "#resend-confirmation",
                    $"{Journey.Account}/ResendEmailConfirmation"
                );
                await visit.ShouldBeSoundAsync("40-resend");
                await visit.Find("#Input_Email").FillAsync("nobody@example.com");
                await visit.PressAsync(
                    Journey.Continue,
                    $"{Journey.Account}/ResendEmailConfirmation"
                );
                await visit.ShouldSayAsync("Verification email sent.");
                await visit.ShouldBeSoundAsync("41-resent");

                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.PressAsync("#forgot-password", $"{Journey.Account}/ForgotPassword");
                await visit.ShouldBeSoundAsync("42-forgot");
                await visit.PressAsync(Journey.Continue, $"{Journey.Account}/ForgotPassword");
                await visit.ShouldShowErrorsAsync();
                await visit.Find("#Input_Email").FillAsync(person.Email);
                await visit.PressAsync(
                    Journey.Continue,
                    $"{Journey.Account}/ForgotPasswordConfirmation"
                );
                await visit.ShouldBeSoundAsync("43-forgot-sent");
                await visit.GoAsync(await LinkAsync(visit, person.Email, "Choose a new password"));
                await visit.ShouldBeAtAsync($"{Journey.Account}/ResetPassword");
                await visit.ShouldBeSoundAsync("44-reset");
                await visit.Find("#Input_Email").FillAsync(person.Email);
                await visit.Find("#Input_Password").FillAsync("short");
                await visit.Find("#Input_ConfirmPassword").FillAsync("short");
                await visit.PressAsync(Journey.Continue, $"{Journey.Account}/ResetPassword");
                await visit.ShouldShowErrorsAsync();
                await visit.ShouldBeSoundAsync("45-reset-error");
                await visit.Find("#Input_Email").FillAsync(person.Email);
                await visit.Find("#Input_Password").FillAsync(NewPassword);
                await visit.Find("#Input_ConfirmPassword").FillAsync(NewPassword);
                await visit.PressAsync(
                    Journey.Continue,
                    $"{Journey.Account}/ResetPasswordConfirmation"
                );
                await visit.ShouldBeSoundAsync("46-reset-done");

                person = person with { Password = NewPassword };
                var address = Person.New().Email;
                await visit.GoAsync($"{Journey.Account}/Login");
                await visit.TypePasswordAsync(person, "/");
                await visit.GoAsync($"{Journey.Manage}/Email");
                await visit.ShouldBeSoundAsync("47-email");
                await visit.Find("#Input_NewEmail").FillAsync(address);
                await visit.PressAsync("#change-email-button", $"{Journey.Manage}/Email");
                await visit.ShouldSayAsync("We sent a link to the new address.");
                await visit.GoAsync(
                    await LinkAsync(visit, address, "Confirm your new e-mail address")
                );
                await visit.ShouldBeSoundAsync("48-confirm-change");
                await visit.PressAsync("#confirm-email-change", $"{Journey.Manage}/Email");
                await Expect(visit.Find("#Email")).ToHaveValueAsync(address);

                await visit.GoAsync(
                    await LinkAsync(visit, person.Email, "Your e-mail address was changed")
                );
                await visit.ShouldBeSoundAsync("49-not-me");
                await visit.PressAsync("#not-me", $"{Journey.Account}/NotMe");
                await visit.ShouldSayAsync("Everybody is signed out");
                await visit.ShouldBeSoundAsync("50-not-me-done");
                await visit.GoAsync(
                    await LinkAsync(visit, person.Email, "Get back into your account")
                );
                await visit.ShouldBeAtAsync($"{Journey.Account}/ResetPassword");
            }
        );

    /// <summary>The site sends its mails by itself here; a look at the mailbox now and then finds them.</summary>
    private static async Task<string> LinkAsync(Visit visit, string to, string subject)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var letter = (await visit.Site.ReadMailsAsync()).LastOrDefault(mail =>
                mail.To == to && mail.Subject.EndsWith(subject, StringComparison.Ordinal)
            );
            if (letter is not null)
            {
                return letter.PathAndQuery;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }
}
