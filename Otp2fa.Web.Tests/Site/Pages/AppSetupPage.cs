using AngleSharp.Html.Dom;

namespace Otp2fa.Web.Tests.Site.Pages;

/// <summary>Where an authenticator app is set up.</summary>
internal sealed class AppSetupPage
{
    public const string Path = "/Identity/Account/Manage/EnableAuthenticator";

    private readonly Browser browser;

    public AppSetupPage(Browser browser, HtmlPage page)
    {
        (this.browser, Page) = (browser, page.ShouldBe(Path));
        page.One<IHtmlFormElement>("form#send-code");
        App = new Authenticator(Key);
    }

    public HtmlPage Page { get; }

    /// <summary>As it stands there, in groups.</summary>
    public string Key => Page.Document.QuerySelector("kbd")!.TextContent;

    public Authenticator App { get; }

    public static async Task<AppSetupPage> OpenAsync(Browser browser) =>
        new(browser, await browser.GoAsync(Path));

    public Task<HtmlPage> SubmitAsync(string code) =>
        browser.SubmitAsync(Page, "#send-code", ("Input.Code", code));

    public Task<HttpResponseMessage> PostAsync(
        string code,
        params (string Name, string Value)[] more
    ) => browser.PostAsync(Page, "#send-code", [("Input.Code", code), .. more]);
}
