namespace Otp2fa.Web.Tests.Site.Pages;

internal sealed class TwoFactorPage
{
    public const string Path = "/Identity/Account/Manage/TwoFactorAuthentication";

    private readonly Browser browser;

    public TwoFactorPage(Browser browser, HtmlPage page)
    {
        (this.browser, Page) = (browser, page.ShouldBe(Path));
        page.One<AngleSharp.Html.Dom.IHtmlAnchorElement>("#two-factor");
    }

    public HtmlPage Page { get; }

    public bool IsOn => Page.Has("#disable-two-factor");

    public static async Task<TwoFactorPage> OpenAsync(Browser browser) =>
        new(browser, await browser.GoAsync(Path));

    public Task<HtmlPage> TurnOnAsync() => browser.SubmitAsync(Page, "#enable-two-factor");

    public Task<HtmlPage> TurnOffAsync() => browser.SubmitAsync(Page, "#disable-two-factor");
}
