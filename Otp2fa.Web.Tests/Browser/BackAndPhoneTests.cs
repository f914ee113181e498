using Otp2fa.Web.Tests.Site;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>What else only a browser shows: its history, and a phone that lies beside it.</summary>
[Collection(ChromiumCollection.Name)]
[Trait("Covers", "R39")]
public sealed class BackAndPhoneTests(Chromium chromium)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Given_a_sign_out_Back_shows_no_page_of_the_account(bool script) =>
        chromium.VisitAsync(
            Look.Desktop with
            {
                Script = script,
            },
            async visit =>
            {
                var person = await visit.Site.PersonWithTwoFactorAsync();
                await visit.SignInAsync(person);
                await visit.PressAsync("#manage", Journey.Manage);
                await Expect(visit.Find("#Username")).ToHaveValueAsync(person.Email);
                await visit.PressAsync(Journey.SignOut, $"{Journey.Account}/Logout");

                await visit.Page.GoBackAsync();

                await visit.ShouldBeAtAsync($"{Journey.Account}/Login");
                Assert.DoesNotContain(
                    person.Email,
                    await visit.Page.ContentAsync(),
                    StringComparison.Ordinal
                );
            }
        );

    [BrowserFact]
    public Task Given_an_open_web_phone_a_new_message_appears_by_itself() =>
        chromium.VisitAsync(
            Look.Desktop,
            async visit =>
            {
                var person = await visit.Site.PersonWithTwoFactorAsync();
                var phone = await visit.OpenPhoneAsync(person);
                await Expect(phone.Locator(".message-text")).ToHaveCountAsync(1);
                var loads = 0;
                phone.Load += (_, _) => loads++;

                await visit.ReachCodePageAsync(person);

                await Expect(phone.Locator(".message-text")).ToHaveCountAsync(2);
                await Expect(phone.Locator(Journey.NewestMessage))
                    .ToContainTextAsync(visit.Site.CodeOnPhone(person));
                await Expect(phone.GetByRole(Microsoft.Playwright.AriaRole.Status))
                    .ToContainTextAsync(visit.Site.CodeOnPhone(person));
                Assert.Equal(0, loads);
            }
        );
}
