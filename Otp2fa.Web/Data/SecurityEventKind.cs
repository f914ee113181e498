namespace Otp2fa.Web.Data;

/// <summary>What happened to an account, as its owner reads it.</summary>
/// <remarks>Stored as a number: never reuse or reorder.</remarks>
public enum SecurityEventKind
{
    /// <summary>Signed in; the factor says with what.</summary>
    SignedIn = 1,

    WrongPassword = 2,

    /// <summary>A wrong code; the factor says of which kind.</summary>
    WrongCode = 3,

    /// <summary>A code went out; the detail says to which number.</summary>
    CodeSent = 4,

    /// <summary>The person showed again who they are, for a change; the factor says with what.</summary>
    SteppedUp = 5,

    TwoFactorTurnedOn = 6,
    TwoFactorTurnedOff = 7,
    NumberProved = 8,
    NumberRemoved = 9,
    AppAdded = 10,
    AppRemoved = 11,
    RecoveryCodesMade = 12,
    BrowserRemembered = 13,

    /// <summary>A remembered browser, or all of them, were forgotten on the owner's word.</summary>
    BrowsersForgotten = 14,

    /// <summary>Sessions were ended from another one.</summary>
    SessionsEnded = 15,

    PasswordChanged = 16,

    /// <summary>An operator took the second factor away; the detail says why.</summary>
    OperatorReset = 17,

    OperatorUnlocked = 18,
    OperatorEndedSessions = 19,

    /// <summary>The right password was typed; the sign-in waits for its second step.</summary>
    PasswordAccepted = 20,

    /// <summary>A recovery code was used up, at sign-in or to confirm a change.</summary>
    RecoveryCodeUsed = 21,

    /// <summary>Too many wrong passwords locked the account for a while.</summary>
    AccountLocked = 22,

    /// <summary>The address, and with it the name to sign in with, was changed.</summary>
    EmailChanged = 23,

    /// <summary>A new password was chosen by a link that was mailed.</summary>
    PasswordReset = 24,

    /// <summary>The owner said, by the link of a notice, that it was somebody else; all sessions and the password ended.</summary>
    ReportedAsForeign = 25,
}
