using System.Diagnostics.CodeAnalysis;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// The form of number Infobip answers with: 6 to 15 digits with country code. One leading plus sign is dropped where it
/// is accepted (Infobip documents neither).
/// </summary>
internal static class PhoneNumber
{
    public static bool TryNormalise(
        string text,
        [NotNullWhen(true)] out string? digits,
        bool plusSignAccepted = true
    )
    {
        digits = plusSignAccepted && text.StartsWith('+') ? text[1..] : text;
        if (digits.Length is >= 6 and <= 15 && digits.All(char.IsAsciiDigit))
        {
            return true;
        }

        digits = null;
        return false;
    }
}
