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

    /// <summary>Infobip wants a moment between two tries. Says nothing about the code.</summary>
    TooFast,

    /// <summary>Infobip could not be asked. No failure is counted; the attempt stays spent, as Infobip may have counted it.</summary>
    ProviderDown,

    /// <summary>Codes cannot be checked for anybody at the moment. This one was not tried and cost no attempt.</summary>
    Outage,

    /// <summary>So many codes are being checked right now that this one was not tried. It cost no attempt.</summary>
    Crowded,

    /// <summary>There is no such challenge for this attempt.</summary>
    NoChallenge,
}

/// <param name="Status">What came of it.</param>
/// <param name="AttemptsLeft">How many more codes this challenge takes.</param>
public sealed record PinSubmission(PinSubmissionStatus Status, int AttemptsLeft = 0);
