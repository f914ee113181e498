namespace Otp2fa.Web.TwoFactor;

/// <summary>What asking for a code now would come to.</summary>
/// <param name="IsSameCode">The same code would go out once more; otherwise a new one.</param>
/// <param name="Denial">Why none would go out; null if one would.</param>
public sealed record SendOutlook(bool IsSameCode, SendDenial? Denial);
