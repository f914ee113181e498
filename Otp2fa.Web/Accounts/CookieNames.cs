namespace Otp2fa.Web.Accounts;

/// <summary>Cookie names without the <c>__Host-</c> prefix that Production adds.</summary>
public static class CookieNames
{
    public const string Session = "Otp2fa.Session";
    public const string PendingSignIn = "Otp2fa.PendingSignIn";
    public const string PendingNumber = "Otp2fa.PendingNumber";
    public const string RememberedBrowser = "Otp2fa.RememberedBrowser";
    public const string Device = "Otp2fa.Device";

    /// <summary>The first part; what the link is for follows.</summary>
    public const string MailedLink = "Otp2fa.MailedLink";

    public const string Antiforgery = "Otp2fa.Antiforgery";
    public const string TempData = "Otp2fa.Notice";
}
