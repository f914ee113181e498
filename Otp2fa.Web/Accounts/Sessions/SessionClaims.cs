namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>Claims of the application cookie besides Identity's own.</summary>
internal static class SessionClaims
{
    /// <summary>The key of the session row; the row decides, not the cookie.</summary>
    public const string SessionId = "sid";

    /// <summary>How the person signed in (RFC 8176): <see cref="Password"/> or <see cref="MultiFactor"/>.</summary>
    public const string AuthenticationMethod = "amr";

    public const string Password = "pwd";

    public const string MultiFactor = "mfa";
}
