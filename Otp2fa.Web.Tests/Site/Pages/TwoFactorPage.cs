namespace Otp2fa.Web.Tests.Site.Pages;

internal sealed class TwoFactorPage
{
    public const string Path = "/Identity/Account/Manage/TwoFactorAuthentication";

    private readonly Browser browser;

    public TwoFactorPage(Browser browser, HtmlPage page)
    {
        (this.browser, Page) = (browser, page.ShouldBe(Path));
        page.One<AngleSharp.Dom.IElement>("#app-title");
    }

    public HtmlPage Page { get; }

    public bool IsOn => Page.Has("#generate-recovery-codes");

    public static async Task<TwoFactorPage> OpenAsync(Browser browser) =>
        new(browser, await browser.GoAsync(Path));

    /// <summary>Turns it on and keeps the recovery codes that are shown then.</summary>
    public async Task<HtmlPage> TurnOnAsync()
    {
        var page = await browser.SubmitAsync(Page, "#enable-two-factor");
        return page.Path == RecoveryCodesPage.Path
            ? await new RecoveryCodesPage(browser, page).KeepAsync()
            : page;
    }

    /// <summary>Turns it on and stops where the recovery codes are shown.</summary>
    public async Task<RecoveryCodesPage> TurnOnAndLookAsync() =>
        new(browser, await browser.SubmitAsync(Page, "#enable-two-factor"));

    public Task<HtmlPage> TurnOffAsync() => browser.SubmitAsync(Page, "#disable-two-factor");
}
