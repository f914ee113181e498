namespace Otp2fa.Web.Accounts;

/// <summary>What came of typing a recovery code at sign-in.</summary>
public enum RecoveryStepStatus
{
    SignedIn,

    /// <summary>It is none of this account's, or was used before.</summary>
    Wrong,

    /// <summary>Too many were wrong; it was not tried (L7).</summary>
    TooMany,

    /// <summary>The account is locked: only said here, after a right password (F8).</summary>
    LockedOut,

    /// <summary>There is no pending sign-in any more.</summary>
    Lost,
}

/// <param name="Status">What came of it.</param>
/// <param name="Left">How many codes are left after a right one.</param>
/// <param name="Until">When another may be tried, if too many were wrong.</param>
public sealed record RecoveryStepResult(
    RecoveryStepStatus Status,
    int Left = 0,
    DateTimeOffset? Until = null
);
