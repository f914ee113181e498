using System.Net;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Site;

/// <summary>What people do with mails, each step over the site's pages.</summary>
internal static class MailStories
{
    public const string Account = "/Identity/Account";

    /// <summary>Asks for a link to choose a new password; the answer is the page after it.</summary>
    public static async Task<HtmlPage> ForgetPasswordAsync(this Browser browser, string email) =>
        await browser.SubmitAsync(
            (await browser.GoAsync($"{Account}/ForgotPassword")).ShouldBe(
                $"{Account}/ForgotPassword"
            ),
            "#forgot-password-form",
            ("Input.Email", email)
        );

    /// <summary>Asks for another link to confirm an address; the answer is the page after it.</summary>
    public static async Task<HtmlPage> AskConfirmationAsync(this Browser browser, string email) =>
        await browser.SubmitAsync(
            await browser.GoAsync($"{Account}/ResendEmailConfirmation"),
            "#resend-confirmation-form",
            ("Input.Email", email)
        );

    /// <summary>Asks for a new password and reads the mail.</summary>
    public static async Task<Letter> ResetLetterAsync(
        this TestSite site,
        Browser browser,
        string email
    )
    {
        (await browser.ForgetPasswordAsync(email)).ShouldBe(
            $"{Account}/ForgotPasswordConfirmation"
        );
        var letter = await site.NewestMailAsync(email);
        Assert.StartsWith(
            $"{Account}/ResetPassword?",
            letter.PathAndQuery,
            StringComparison.Ordinal
        );
        return letter;
    }

    /// <summary>Opens the link of a mail and types a new password.</summary>
    public static async Task<HtmlPage> ResetAsync(
        this Browser browser,
        Letter letter,
        string email,
        string password
    ) => await browser.TypeResetAsync(await browser.GoAsync(letter.PathAndQuery), email, password);

    /// <summary>Types a new password where it is asked for.</summary>
    public static Task<HtmlPage> TypeResetAsync(
        this Browser browser,
        HtmlPage page,
        string email,
        string password
    ) =>
        browser.SubmitAsync(
            page.ShouldBe($"{Account}/ResetPassword"),
            "#reset-password-form",
            ("Input.Email", email),
            ("Input.Password", password),
            ("Input.ConfirmPassword", password)
        );

    /// <summary>Opens a link of a mail and presses the one button behind it.</summary>
    public static async Task<HtmlPage> PressBehindAsync(this Browser browser, Letter letter) =>
        await browser.SubmitAsync(await browser.GoAsync(letter.PathAndQuery), "main form");

    /// <summary>Whether a password is an account's: the password step goes on with it.</summary>
    public static async Task<bool> OpensAsync(this Browser browser, string email, string password)
    {
        var answer = await (await LoginPage.OpenAsync(browser)).PostAsync(email, password);
        return answer.StatusCode == HttpStatusCode.Found;
    }

    /// <summary>Asks for another address, giving what is asked for first; the answer is the page after it.</summary>
    public static async Task<HtmlPage> AskForAddressAsync(
        this Browser browser,
        TestSite site,
        Person person,
        string newAddress
    )
    {
        var page = await browser.SubmitAsync(
            (await browser.GoAsync($"{Account}/Manage/Email")).ShouldBe($"{Account}/Manage/Email"),
            "#email-form",
            ("Input.NewEmail", newAddress)
        );
        if (page.Path != $"{Account}/StepUp")
        {
            return page;
        }

        var next = await browser.StepUpAsync(page, person);
        if (next.Path == $"{Account}/StepUpCode")
        {
            next = await browser.StepUpCodeAsync(next, site.CodeOnPhone(person));
        }

        return await browser.SubmitAsync(
            next.ShouldBe($"{Account}/Manage/Email"),
            "#email-form",
            ("Input.NewEmail", newAddress)
        );
    }
}
