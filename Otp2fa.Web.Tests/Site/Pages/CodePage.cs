using AngleSharp.Html.Dom;

namespace Otp2fa.Web.Tests.Site.Pages;

/// <summary>The page between password and session, while it takes a code.</summary>
internal sealed class CodePage
{
    public const string Path = "/Identity/Account/LoginWith2fa";

    private readonly Browser browser;

    public CodePage(Browser browser, HtmlPage page)
    {
        (this.browser, Page) = (browser, page.ShouldBe(Path));
        page.One<IHtmlFormElement>("form");
        page.One<IHtmlButtonElement>("form [type=submit]");
        page.One<IHtmlInputElement>("form #Input_TwoFactorCode");
    }

    public HtmlPage Page { get; }

    public Task<HtmlPage> SubmitAsync(string code) =>
        browser.SubmitAsync(Page, "form", ("Input.TwoFactorCode", code));

    /// <summary>With the box ticked that remembers the browser.</summary>
    public Task<HtmlPage> SubmitAndRememberAsync(string code) =>
        browser.SubmitAsync(
            Page,
            "form",
            ("Input.TwoFactorCode", code),
            ("Input.RememberMachine", "true")
        );

    public Task<HttpResponseMessage> PostAsync(string code) =>
        browser.PostAsync(Page, "form", ("Input.TwoFactorCode", code));
}
