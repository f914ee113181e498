using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Otp2fa.Web.Tests.Site;
using static Microsoft.Playwright.Assertions;

namespace Otp2fa.Web.Tests.RealBrowser;

/// <summary>What people do on the site, with their hands: every selector of the pages stands here.</summary>
internal static partial class Journey
{
    public const string Account = "/Identity/Account";
    public const string Manage = Account + "/Manage";
    public const string CodePage = Account + "/LoginWith2fa";
    public const string SignInCode = "#Input_TwoFactorCode";
    public const string OtherCode = "#Input_Code";
    public const string Continue = "main form [type=submit]";
    public const string SignOut = "#logout";
    public const string PhoneField = "#Input_PhoneNumber";
    public const string SendCode = "#send-phone-code";
    public const string NewestMessage = ".message-text >> nth=0";

    public static async Task OpenRegisterAsync(this Visit visit)
    {
        await visit.GoAsync("/");
        await visit.PressAsync("#register", $"{Account}/Register");
    }

    public static async Task RegisterAsync(this Visit visit, Person person)
    {
        await visit.Find("#Input_Email").FillAsync(person.Email);
        await visit.Find("#Input_Password").FillAsync(person.Password);
        await visit.Find("#Input_ConfirmPassword").FillAsync(person.Password);
        await visit.PressAsync("#registerSubmit", $"{Account}/RegisterConfirmation");
    }

    public static Task FollowLinkAsync(this Visit visit) =>
        visit.PressAsync("#confirm-link", $"{Account}/ConfirmEmail");

    public static async Task ConfirmAsync(this Visit visit)
    {
        await visit.PressAsync("#confirm-email", $"{Account}/Login");
        await visit.ShouldSayAsync("Your e-mail address is confirmed.");
    }

    public static async Task TypePasswordAsync(this Visit visit, Person person, string leadsTo)
    {
        await visit.Find("#Input_Email").FillAsync(person.Email);
        await visit.Find("#Input_Password").FillAsync(person.Password);
        await visit.PressAsync("#login-submit", leadsTo);
    }

    /// <summary>From nothing to the code page.</summary>
    public static async Task ReachCodePageAsync(this Visit visit, Person person)
    {
        await visit.GoAsync($"{Account}/Login");
        await visit.TypePasswordAsync(person, CodePage);
    }

    public static async Task TypeNumberAsync(this Visit visit, string number, string leadsTo)
    {
        await visit.Find(PhoneField).FillAsync(number);
        await visit.PressAsync(SendCode, leadsTo);
    }

    public static async Task TypeCodeAsync(
        this Visit visit,
        string field,
        string code,
        string leadsTo
    )
    {
        await visit.Find(field).FillAsync(code);
        await visit.PressAsync(Continue, leadsTo);
    }

    public static async Task TurnOnAsync(this Visit visit)
    {
        await visit.PressAsync("#enable-two-factor [type=submit]", $"{Manage}/ShowRecoveryCodes");
        await visit.PressAsync("#codes-kept [type=submit]", $"{Manage}/TwoFactorAuthentication");
        await Expect(visit.Find("#disable-two-factor")).ToBeVisibleAsync();
    }

    /// <summary>A person with two-factor authentication in front of the code page.</summary>
    public static async Task<Person> BeginSignInAsync(this Visit visit)
    {
        var person = await visit.Site.PersonWithTwoFactorAsync();
        await visit.ReachCodePageAsync(person);
        return person;
    }

    /// <summary>Lets the app read the picture on the page.</summary>
    public static async Task<Authenticator> ReadQrCodeAsync(this Visit visit) =>
        Authenticator.FromUri(
            QrPicture.Read(
                await visit.Find("#qrCode svg").EvaluateAsync<string>("svg => svg.outerHTML")
            )
        );

    public static async Task StepUpAsync(this Visit visit, Person person, string leadsTo)
    {
        await visit.ShouldBeAtAsync($"{Account}/StepUp");
        await visit.Find("#Input_Password").FillAsync(person.Password);
        await visit.PressAsync("#step-up-submit", leadsTo);
    }

    public static async Task SignInAsync(this Visit visit, Person person)
    {
        await visit.ReachCodePageAsync(person);
        await visit.TypeCodeAsync(SignInCode, visit.Site.CodeOnPhone(person), "/");
        await Expect(visit.Find("#manage")).ToBeVisibleAsync();
    }

    /// <summary>Takes up the phone, in another tab, and reads the code in the newest message.</summary>
    public static async Task<string> ReadPhoneAsync(this Visit visit, Person person)
    {
        var phone = await visit.OpenPhoneAsync(person);
        var text = await phone.Locator(NewestMessage).InnerTextAsync();
        await phone.CloseAsync();
        var code = SixDigits().Match(text);
        Assert.True(code.Success, $"No code in '{text}'.");
        return code.Value;
    }

    public static async Task<IPage> OpenPhoneAsync(this Visit visit, Person person)
    {
        var phone = await visit.Context.NewPageAsync();
        await phone.GotoAsync($"{visit.Site.Infobip.PhoneAddress}/{person.Digits}");
        return phone;
    }

    [GeneratedRegex(@"\b[0-9]{6}\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SixDigits();
}
