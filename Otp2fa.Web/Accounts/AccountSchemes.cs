using Microsoft.AspNetCore.Identity;

namespace Otp2fa.Web.Accounts;

/// <summary>The authentication schemes. Only the application scheme signs anybody in; it alone is ever a default.</summary>
public static class AccountSchemes
{
    /// <summary>Between the password and the code.</summary>
    public static readonly string PendingSignIn = IdentityConstants.TwoFactorUserIdScheme;

    /// <summary>Between asking for a code inside a session and typing it: a new number, or a step-up.</summary>
    public const string PendingNumber = "Otp2fa.PendingNumber";
}
