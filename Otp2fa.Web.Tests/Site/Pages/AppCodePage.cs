using AngleSharp.Html.Dom;

namespace Otp2fa.Web.Tests.Site.Pages;

/// <summary>The code step with the authenticator app.</summary>
internal sealed class AppCodePage
{
    public const string Path = "/Identity/Account/LoginWith2faApp";

    private readonly Browser browser;

    public AppCodePage(Browser browser, HtmlPage page)
    {
        (this.browser, Page) = (browser, page.ShouldBe(Path));
        page.One<IHtmlFormElement>("form");
        page.One<IHtmlButtonElement>("form [type=submit]");
        page.One<IHtmlInputElement>("form #Input_TwoFactorCode");
        page.One<IHtmlAnchorElement>("#recovery-code-login");
    }

    public HtmlPage Page { get; }

    public Task<HtmlPage> SubmitAsync(string code, bool remember = false) =>
        remember
            ? browser.SubmitAsync(
                Page,
                "form",
                ("Input.TwoFactorCode", code),
                ("Input.RememberMachine", "true")
            )
            : browser.SubmitAsync(Page, "form", ("Input.TwoFactorCode", code));

    public Task<HttpResponseMessage> PostAsync(string code) =>
        browser.PostAsync(Page, "form", ("Input.TwoFactorCode", code));
}
