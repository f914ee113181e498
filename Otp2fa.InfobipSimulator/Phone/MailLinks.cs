using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Text;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>The addresses that a mail offers to open.</summary>
internal static partial class MailLinks
{
    /// <summary>Of the text, then those that only the HTML has; each once, http and https only.</summary>
    public static IReadOnlyList<string> Of(MimeMessage mail) =>
        [
            .. InText(mail.TextBody ?? "")
                .Concat(InHtml(mail.HtmlBody ?? ""))
                .Where(IsWeb)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>Without the stop, comma or bracket that belongs to the sentence.</summary>
    private static IEnumerable<string> InText(string text) =>
        Address()
            .Matches(text)
            .Select(match => match.Value.TrimEnd('.', ',', ';', ':', '!', '?', ')', '\''));

    private static IEnumerable<string> InHtml(string html)
    {
        var tokens = new HtmlTokenizer(new StringReader(html));
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken { Id: HtmlTagId.A, IsEndTag: false } anchor)
            {
                foreach (var attribute in anchor.Attributes)
                {
                    if (attribute is { Id: HtmlAttributeId.Href, Value: { } address })
                    {
                        yield return address.Trim();
                    }
                }
            }
        }
    }

    /// <summary>A link with any other scheme could run a script on the page.</summary>
    private static bool IsWeb(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex(
        @"https?://[^\s<>""]+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Address();
}
