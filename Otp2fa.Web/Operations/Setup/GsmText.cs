using System.Text;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// How many messages a text is (3GPP TS 23.038, 23.040): characters of the GSM alphabet take seven bits each, those of its
/// extension fourteen; one that is in neither makes every character sixteen.
/// </summary>
internal static class GsmText
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extension = "\f^{}\\[~]|€";

    /// <summary>Whether every character is of the GSM alphabet.</summary>
    public static bool IsGsm(string text) =>
        text.All(c => Basic.Contains(c) || Extension.Contains(c));

    /// <summary>The first character outside the GSM alphabet; null without one.</summary>
    public static Rune? FindOutsider(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsBmp || !IsGsm(rune.ToString()))
            {
                return rune;
            }
        }

        return null;
    }

    /// <summary>Of seven bits each; null for a text that has a character outside the alphabet.</summary>
    public static int? CountSeptets(string text) =>
        IsGsm(text) ? text.Sum(c => Extension.Contains(c) ? 2 : 1) : null;

    /// <summary>Messages that the text is sent as; 1 for an empty one.</summary>
    public static int CountSegments(string text)
    {
        var (length, alone, joined) = CountSeptets(text) is { } septets
            ? (septets, 160, 153)
            : (text.Length, 70, 67);
        return length <= alone ? 1 : (length + joined - 1) / joined;
    }
}
