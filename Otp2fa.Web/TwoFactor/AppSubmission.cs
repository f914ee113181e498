namespace Otp2fa.Web.TwoFactor;

/// <summary>What came of a typed code of the authenticator app.</summary>
public enum AppSubmissionStatus
{
    Verified,
    Wrong,

    /// <summary>A code of this time step or a later one was taken already (RFC 6238 section 5.2).</summary>
    Used,

    /// <summary>It followed another one of the account within a second, and was not tried (L6).</summary>
    TooFast,

    /// <summary>Too many were wrong; none is tried until the time given (L5).</summary>
    GuessesSpent,

    /// <summary>So many in a row were wrong that none is taken until an app is set up again.</summary>
    SwitchedOff,

    /// <summary>The account is locked after wrong passwords; it was not tried.</summary>
    Locked,

    /// <summary>The account has no app, or its key cannot be read any more.</summary>
    NotSetUp,
}

/// <param name="Status">What came of it.</param>
/// <param name="Until">When codes are tried again, where that is known.</param>
public sealed record AppSubmission(AppSubmissionStatus Status, DateTimeOffset? Until = null);
