using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The main journey, over HTTP, with the simulator as the far end.</summary>
public sealed class JourneyTests
{
    [Fact]
    public async Task A_person_registers_proves_a_number_turns_2FA_on_and_signs_in_with_password_and_code()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();

        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        var settings = await browser.ProveNumberAsync(site, person);
        var on = new TwoFactorPage(browser, await settings.TurnOnAsync());
        Assert.True(on.IsOn);
        await browser.SignOutAsync();

        var code = await browser.TypePasswordAsync(person);
        Assert.False(await browser.IsSignedInAsync());
        code.Page.ShouldSay(
            $"We sent a security code of 6 digits to your phone number ending {person.Number[^2..]}."
        );
        var home = await code.SubmitAsync(site.CodeOnPhone(person));

        Assert.Equal("/", home.Path);
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(2, site.Sends);
        Assert.Equal(2, site.Verifies);
    }
}
