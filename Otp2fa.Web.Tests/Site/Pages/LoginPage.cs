using AngleSharp.Html.Dom;

namespace Otp2fa.Web.Tests.Site.Pages;

internal sealed class LoginPage
{
    public const string Path = "/Identity/Account/Login";

    private readonly Browser browser;

    public LoginPage(Browser browser, HtmlPage page)
    {
        (this.browser, Page) = (browser, page.ShouldBe(Path));
        page.One<IHtmlFormElement>("form#account");
        page.One<IHtmlButtonElement>("#account #login-submit");
    }

    public HtmlPage Page { get; }

    public static async Task<LoginPage> OpenAsync(Browser browser, string? returnUrl = null) =>
        new(
            browser,
            await browser.GoAsync(
                returnUrl is null ? Path : $"{Path}?ReturnUrl={Uri.EscapeDataString(returnUrl)}"
            )
        );

    public Task<HtmlPage> SubmitAsync(string email, string password) =>
        browser.SubmitAsync(Page, "#account", ("Input.Email", email), ("Input.Password", password));

    public Task<HttpResponseMessage> PostAsync(string email, string password) =>
        browser.PostAsync(Page, "#account", ("Input.Email", email), ("Input.Password", password));
}
