using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Otp2fa.Web.Tests.Site;

/// <summary>A page as it was answered. Failing assertions show the page.</summary>
internal sealed record HtmlPage(
    Uri Address,
    HttpStatusCode Status,
    IHtmlDocument Document,
    string Html
)
{
    public string Path => Address.AbsolutePath;

    public string Text =>
        Document.QuerySelector("main")?.TextContent ?? Document.Body?.TextContent ?? "";

    /// <summary>The errors in the summary at the top.</summary>
    public IReadOnlyList<string> Errors =>
        [.. Document.QuerySelectorAll(".error-summary li").Select(item => item.TextContent.Trim())];

    public T One<T>(string selector)
        where T : class, IElement
    {
        var found = Document.QuerySelectorAll(selector);
        Assert.True(found.Length == 1, $"{Path}: {found.Length} elements match {selector}\n{Html}");
        return Assert.IsAssignableFrom<T>(found[0]);
    }

    public bool Has(string selector) => Document.QuerySelector(selector) is not null;

    public HtmlPage ShouldBe(string path)
    {
        Assert.True(
            Path == path && Status == HttpStatusCode.OK,
            $"Expected {path}, got {(int)Status} {Path}\n{Html}"
        );
        return this;
    }

    public HtmlPage ShouldSayAnywhere(string sentence)
    {
        Assert.True(
            Html.Contains(sentence, StringComparison.Ordinal),
            $"'{sentence}' is not on {Path}:\n{Html}"
        );
        return this;
    }

    public HtmlPage ShouldSay(string sentence)
    {
        Assert.True(
            string.Join(' ', Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Contains(sentence, StringComparison.Ordinal),
            $"'{sentence}' is not on {Path}:\n{Html}"
        );
        return this;
    }
}
