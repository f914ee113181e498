namespace Otp2fa.Web.Infobip;

/// <summary>
/// The far end's words in a form fit for a log: from a small alphabet, short, and without anything this call has to keep
/// to itself, should the far end repeat it.
/// </summary>
internal static class LogText
{
    private const int LongestCode = 40;
    private const int LongestRequestId = 64;

    /// <summary>An identifier such as <c>TOO_MANY_REQUESTS</c> or <c>E429</c>; null if it is anything else.</summary>
    public static string? Code(string? text, params ReadOnlySpan<string?> secrets) =>
        text is { Length: >= 1 and <= LongestCode }
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
        && !HoldsAny(text, secrets)
            ? text
            : null;

    /// <summary>Infobip's id of a call: digits or hexadecimal; null if it is anything else.</summary>
    public static string? RequestId(string? text, params ReadOnlySpan<string?> secrets) =>
        text is { Length: >= 1 and <= LongestRequestId }
        && text.All(char.IsAsciiHexDigit)
        && !HoldsAny(text, secrets)
            ? text
            : null;

    private static bool HoldsAny(string text, ReadOnlySpan<string?> secrets)
    {
        foreach (var secret in secrets)
        {
            if (
                !string.IsNullOrEmpty(secret)
                && text.Contains(secret, StringComparison.OrdinalIgnoreCase)
            )
            {
                return true;
            }
        }

        return false;
    }
}
