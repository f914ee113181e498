using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MimeKit;

namespace Otp2fa.Web.Tests.Site;

/// <summary>A mail as a person reads it. Has one link, in both of its forms, or is none.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">With the name of the site.</param>
/// <param name="Text">The plain text.</param>
/// <param name="Link">The one link.</param>
/// <param name="Message">All of it.</param>
internal sealed record Letter(string To, string Subject, string Text, Uri Link, MimeMessage Message)
{
    public string PathAndQuery => Link.PathAndQuery;

    public static Letter Of(MimeMessage message)
    {
        using var html = new HtmlParser().ParseDocument(message.HtmlBody!);
        var link = Assert.Single(html.QuerySelectorAll("a").OfType<IHtmlAnchorElement>());
        var href = link.GetAttribute("href")!;
        var text = message.TextBody!;
        Assert.Equal(1, CountOf(text, "://"));
        Assert.Contains(href, text, StringComparison.Ordinal);
        return new Letter(
            message.To.Mailboxes.Single().Address,
            message.Subject!,
            text,
            new Uri(href),
            message
        );
    }

    private static int CountOf(string text, string part) => text.Split(part).Length - 1;
}
