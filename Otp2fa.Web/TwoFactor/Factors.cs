using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>Which second factors an account has.</summary>
public static class Factors
{
    public static bool HasApp(this ApplicationUser user) => user.AuthenticatorKey is not null;

    /// <summary>Whether anything but the password can be asked for.</summary>
    public static bool HasSecondFactor(this ApplicationUser user) =>
        user.HasApp() || user.GetProvedNumber() is not null;

    /// <summary>
    /// What is asked for first: what the person prefers, or else a message. Null if there is neither number nor app.
    /// </summary>
    public static Factor? FirstFactor(this ApplicationUser user) =>
        user.GetFactors() is [var first, ..] ? first : null;

    /// <summary>Message and app, as far as the account has them, the preferred one first.</summary>
    public static IReadOnlyList<Factor> GetFactors(this ApplicationUser user) =>
        (user.GetProvedNumber() is not null, user.HasApp()) switch
        {
            (true, true) => user.PreferredFactor == Factor.App
                ? [Factor.App, Factor.Sms]
                : [Factor.Sms, Factor.App],
            (true, false) => [Factor.Sms],
            (false, true) => [Factor.App],
            (false, false) => [],
        };
}
