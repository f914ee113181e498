using AngleSharp.Html.Dom;

namespace Otp2fa.Web.Tests.Site.Pages;

internal sealed class RegisterPage
{
    public const string Path = "/Identity/Account/Register";

    private readonly Browser browser;
    private readonly HtmlPage page;

    private RegisterPage(Browser browser, HtmlPage page)
    {
        (this.browser, this.page) = (browser, page.ShouldBe(Path));
        page.One<IHtmlFormElement>("form#registerForm");
        page.One<IHtmlButtonElement>("#registerForm [type=submit]");
    }

    public static async Task<RegisterPage> OpenAsync(Browser browser) =>
        new(browser, await browser.GoAsync(Path));

    public Task<HtmlPage> SubmitAsync(string email, string password, string? again = null) =>
        browser.SubmitAsync(
            page,
            "#registerForm",
            ("Input.Email", email),
            ("Input.Password", password),
            ("Input.ConfirmPassword", again ?? password)
        );
}
