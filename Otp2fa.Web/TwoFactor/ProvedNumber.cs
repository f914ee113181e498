using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

public static class ProvedNumber
{
    /// <summary>The number that codes may be sent to: the account's own, proved by a PIN. Null if there is none.</summary>
    public static PhoneNumber? GetProvedNumber(this ApplicationUser user) =>
        user.PhoneNumberConfirmed ? PhoneNumber.FromStored(user.PhoneNumber) : null;
}
