namespace Otp2fa.Web.Operations.Setup;

/// <summary>What the far end wrote, fit for a terminal, a log and a page: one line, no control characters, not long.</summary>
internal static class ShownText
{
    private const int Longest = 120;

    /// <param name="text">As it came.</param>
    /// <param name="longest">What is longer is cut.</param>
    public static string Of(string text, int longest = Longest)
    {
        var plain = string.Concat(
            text.Replace("\n", "\\n", StringComparison.Ordinal)
                .Select(c => char.IsControl(c) ? '?' : c)
        );
        return plain.Length <= longest ? plain : $"{plain[..longest]}…";
    }
}
