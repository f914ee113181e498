namespace Otp2fa.Web.Operations.Setup;

/// <summary>What the far end wrote, fit for a terminal, a log and a page: one line, no control characters, not long.</summary>
internal static class ShownText
{
    private const int Longest = 120;

    public static string Of(string text)
    {
        var plain = string.Concat(
            text.Replace("\n", "\\n", StringComparison.Ordinal)
                .Select(c => char.IsControl(c) ? '?' : c)
        );
        return plain.Length <= Longest ? plain : $"{plain[..Longest]}…";
    }
}
