using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>Draws the picture of the code page in the README again: only when asked, and then look at it.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class ReadmeImageTests(Chromium chromium)
{
    [BrowserFact(OnlyWith = "OTP2FA_UPDATE_README_IMAGE")]
    public Task Given_the_wish_for_a_new_picture_it_is_drawn() =>
        chromium.VisitAsync(
            Look.Desktop with
            {
                Width = 900,
                Height = 620,
            },
            async visit =>
            {
                var person = Person.New() with { Number = "+447700900142" };
                var enrolled = visit.Site.NewBrowser();
                await enrolled.EnrolAsync(visit.Site, person);
                await visit.ReachCodePageAsync(person);
                await Expect(visit.Find(Journey.SignInCode)).ToBeFocusedAsync();

                await visit.Page.ScreenshotAsync(
                    new()
                    {
                        Path = Path.Combine(Repository.Root, "docs", "images", "code-page.png"),
                    }
                );
            }
        );
}
