namespace Otp2fa.Web.TwoFactor;

/// <summary>What came of a typed code.</summary>
public enum PinSubmissionStatus
{
    Verified,
    Wrong,
    Expired,

    /// <summary>All attempts of this challenge are spent; not even the right code opens it now.</summary>
    Dead,

    /// <summary>A newer code was asked for, or the code was used already, or the account changed since the send.</summary>
    Superseded,

    /// <summary>The account is locked after wrong passwords. The code was not checked and stays as it was.</summary>
    Locked,

    /// <summary>It followed another one of the account within a second. It was not tried and cost no attempt (L6).</summary>
    TooFast,

    /// <summary>
    /// Infobip wants a moment between two tries. Says nothing about the code; the attempt stays spent, as Infobip may have
    /// counted it.
    /// </summary>
    Throttled,

    /// <summary>Too many codes of this account were wrong; none is checked until the time given (L5).</summary>
    GuessesSpent,

    /// <summary>So many codes in a row were wrong that none is taken until a number is bound again.</summary>
    SwitchedOff,

    /// <summary>Infobip could not be asked. No failure is counted; the attempt stays spent, as Infobip may have counted it.</summary>
    ProviderDown,

    /// <summary>Codes cannot be checked for anybody at the moment. This one was not tried and cost no attempt.</summary>
    Outage,

    /// <summary>So many codes are being checked right now that this one was not tried. It cost no attempt.</summary>
    Crowded,

    /// <summary>There is no such challenge for this attempt.</summary>
    NoChallenge,

    /// <summary>The code was right, and the number already belongs to as many accounts as it may (L10).</summary>
    NumberTaken,
}

/// <param name="Status">What came of it.</param>
/// <param name="AttemptsLeft">How many more codes this challenge takes.</param>
/// <param name="Until">When codes of this account are checked again, where that is known.</param>
public sealed record PinSubmission(
    PinSubmissionStatus Status,
    int AttemptsLeft = 0,
    DateTimeOffset? Until = null
);
