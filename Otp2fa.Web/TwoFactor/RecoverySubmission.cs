namespace Otp2fa.Web.TwoFactor;

/// <summary>What came of a typed recovery code.</summary>
public enum RecoverySubmissionStatus
{
    Verified,

    /// <summary>It is none of this account's, or was used before.</summary>
    Wrong,

    /// <summary>Too many were wrong; it was not tried (L7).</summary>
    TooMany,

    /// <summary>The account is locked after wrong passwords; it was not tried (F8).</summary>
    Locked,

    /// <summary>The account was changed since the person came here; it was not tried.</summary>
    Changed,
}

/// <param name="Status">What came of it.</param>
/// <param name="Left">How many codes are left after a right one.</param>
/// <param name="Until">When another may be tried, if too many were wrong.</param>
public sealed record RecoverySubmission(
    RecoverySubmissionStatus Status,
    int Left = 0,
    DateTimeOffset? Until = null
);
