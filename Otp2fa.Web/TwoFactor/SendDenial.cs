namespace Otp2fa.Web.TwoFactor;

/// <param name="Reason">Why no code is on its way.</param>
/// <param name="Until">When asking again can help; null if only something else can, or nobody can say.</param>
public sealed record SendDenial(SendRefusal Reason, DateTimeOffset? Until = null);
