using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Infobip;

internal static class PhoneMatch
{
    /// <summary>
    /// True unless the answer names another number. It comes without a plus sign; one is tolerated, as the API does not
    /// say.
    /// </summary>
    public static bool IsSameOrAbsent(WireText named, PhoneNumber asked) =>
        named.IsAbsent
        || string.Equals(named.Value, asked.Digits, StringComparison.Ordinal)
        || string.Equals(named.Value, asked.E164, StringComparison.Ordinal);
}
