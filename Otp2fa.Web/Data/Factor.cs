namespace Otp2fa.Web.Data;

/// <summary>What a person gave to show who they are.</summary>
/// <remarks>Stored as a number: never reuse or reorder.</remarks>
public enum Factor
{
    /// <summary>The password alone.</summary>
    Password = 1,

    /// <summary>A code that Infobip sent to the proved number.</summary>
    Sms = 2,

    /// <summary>A code of the authenticator app (RFC 6238).</summary>
    App = 3,

    RecoveryCode = 4,

    /// <summary>A browser that the person had remembered stood in for a second factor.</summary>
    RememberedBrowser = 5,
}
