namespace Otp2fa.Web.TwoFactor;

/// <summary>What can still become of a challenge.</summary>
public enum ChallengeStatus
{
    /// <summary>Takes a code.</summary>
    Live,
    Expired,

    /// <summary>All attempts are spent.</summary>
    Dead,

    /// <summary>Used, overtaken by a newer one, or the account changed since.</summary>
    Superseded,
}

/// <param name="Status">What can still become of it.</param>
/// <param name="AttemptsLeft">How many more codes it takes.</param>
/// <param name="ExpiresUtc">Its absolute end.</param>
/// <param name="Sends">How often its PIN was sent or asked for once more.</param>
public sealed record ChallengeState(
    ChallengeStatus Status,
    int AttemptsLeft,
    DateTimeOffset ExpiresUtc,
    int Sends
)
{
    /// <summary>Why not even a right code would be taken although the challenge is live; null if it would.</summary>
    public PinSubmission? Obstacle { get; init; }
}
