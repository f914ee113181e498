using Microsoft.AspNetCore.Identity;

namespace Otp2fa.Web.Data;

/// <summary>
/// A person with an account. <see cref="IdentityUser{TKey}.PhoneNumber"/> holds E.164 with the plus sign and is only
/// ever written together with its confirmed flag, after a PIN sent to that number was typed back.
/// </summary>
public sealed class ApplicationUser : IdentityUser
{
    /// <summary>When the account was registered; null for one that was imported.</summary>
    public DateTimeOffset? RegisteredUtc { get; set; }

    /// <summary>
    /// Which of the places that a number has for accounts this one takes, from 1. Number and place are unique together, so
    /// that no race can bind a number to more accounts than there are places. Null without a proved number.
    /// </summary>
    public int? PhoneNumberPlace { get; set; }

    /// <summary>
    /// Wrong codes since the last right one or since the number was bound. Many of them switch codes off for this account
    /// (NIST SP 800-63B-4 3.2.2), until a number is bound again.
    /// </summary>
    public int WrongCodesInARow { get; set; }

    /// <summary>
    /// Key of the authenticator app, protected by the key ring; written only once a code of it was typed back. Null without
    /// an app.
    /// </summary>
    public byte[]? AuthenticatorKey { get; set; }

    /// <summary>The last time step (RFC 6238) of which a code was taken: no code of it or before it is taken again.</summary>
    public long AuthenticatorStep { get; set; }

    /// <summary>As <see cref="WrongCodesInARow"/>, for codes of the app, until an app is set up again.</summary>
    public int WrongAppCodesInARow { get; set; }

    /// <summary>Which factor is asked for first, where there are several; null for the usual one.</summary>
    public Factor? PreferredFactor { get; set; }
}
