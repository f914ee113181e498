using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Mails;

/// <param name="User">Whose link it is, as the account is now.</param>
/// <param name="Address">The address that it was mailed to, or is to prove.</param>
/// <param name="FormerAddressId">The change of address that it can undo; null if it can undo none.</param>
/// <param name="IssuedUtc">When it was made, as long as the setting of its lifetime is the same.</param>
internal sealed record LinkTarget(
    ApplicationUser User,
    string Address,
    long? FormerAddressId,
    DateTimeOffset IssuedUtc
);
