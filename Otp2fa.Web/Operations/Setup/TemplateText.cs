using System.Globalization;
using System.Text.RegularExpressions;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>The text of a message template: where the code goes, and what it costs.</summary>
internal static partial class TemplateText
{
    /// <summary>What Infobip puts the code in place of.</summary>
    public const string Code = "{{pin}}";

    private const string AnyPlaceholder = "{{";

    public static bool HasCode(string text) => text.Contains(Code, StringComparison.Ordinal);

    /// <summary>So that it can be read on a locked screen and in a list of messages.</summary>
    public static bool HasCodeFirst(string text) => text.StartsWith(Code, StringComparison.Ordinal);

    /// <summary>The site fills in the code and nothing else.</summary>
    public static bool HasOtherPlaceholder(string text) =>
        text.Replace(Code, "", StringComparison.Ordinal)
            .Contains(AnyPlaceholder, StringComparison.Ordinal);

    /// <summary>How many messages a text is sent as, and what makes it more.</summary>
    /// <param name="text">As it arrives.</param>
    public static string Cost(string text)
    {
        var messages = GsmText.CountSegments(text);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The text has {text.Length} characters and is sent as {messages} {(messages == 1 ? "message" : "messages, each of which costs")}.{Outsider(text)}"
        );
    }

    /// <summary>A sentence with a space before it on a character outside the GSM alphabet; empty without one.</summary>
    public static string Outsider(string text) =>
        GsmText.FindOutsider(text) is { } outsider
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" {outsider} (U+{outsider.Value:X4}) is outside the GSM alphabet, which leaves room for 70 characters in a message instead of 160."
            )
            : "";

    /// <summary>Line ends as the network has them; portals write either.</summary>
    public static string Plain(string text) => text.ReplaceLineEndings("\n");

    /// <summary>As it arrives, with a code of a length.</summary>
    public static string Sent(string text, int pinLength) =>
        text.Replace(Code, new string('0', pinLength), StringComparison.Ordinal);

    /// <summary>Whether a last line binds the code to the site's host, so that phones offer it there alone.</summary>
    public static bool HasOrigin(string text) => OriginLine().IsMatch(Plain(text));

    public static string WithoutOrigin(string text) => OriginLine().Replace(text, "");

    /// <summary>A host name as that line takes it.</summary>
    public static bool IsHost(string text) => text.Length <= 253 && Host().IsMatch(text);

    [GeneratedRegex(
        @"\n@[a-z0-9.-]+ #\{\{pin\}\}\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex OriginLine();

    [GeneratedRegex(
        @"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z",
        RegexOptions.IgnoreCase
            | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture
            | RegexOptions.NonBacktracking
    )]
    private static partial Regex Host();
}
