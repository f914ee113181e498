namespace Otp2fa.Web.Tests.Site.Pages;

internal sealed class RecoveryCodesPage(Browser browser, HtmlPage page)
{
    public const string Path = "/Identity/Account/Manage/ShowRecoveryCodes";

    public HtmlPage Page { get; } = page.ShouldBe(Path);

    public IReadOnlyList<string> Codes =>
        [.. Page.Document.QuerySelectorAll(".recovery-code").Select(code => code.TextContent)];

    public Task<HtmlPage> KeepAsync() => browser.SubmitAsync(Page, "#codes-kept");
}
