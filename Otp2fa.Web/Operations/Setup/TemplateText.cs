namespace Otp2fa.Web.Operations.Setup;

/// <summary>The text of a message template: where the code goes, and what it costs.</summary>
internal static class TemplateText
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

    /// <summary>As it arrives, with a code of a length.</summary>
    public static string Sent(string text, int pinLength) =>
        text.Replace(Code, new string('0', pinLength), StringComparison.Ordinal);
}
