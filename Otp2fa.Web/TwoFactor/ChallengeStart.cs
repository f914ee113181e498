namespace Otp2fa.Web.TwoFactor;

/// <summary>Why no code is on its way.</summary>
public enum SendRefusal
{
    /// <summary>The account has no proved number (any more). Two-factor authentication stays on all the same.</summary>
    NoProvedNumber,
    Undeliverable,
    Rejected,
    Throttled,
    Unavailable,

    /// <summary>A newer request for a code overtook this one.</summary>
    Superseded,
}

/// <summary>What came of asking for a code: exactly one of the two is set.</summary>
public sealed record ChallengeStart(ChallengeTicket? Ticket, SendRefusal? Refusal)
{
    public static ChallengeStart Sent(ChallengeTicket ticket) => new(ticket, null);

    public static ChallengeStart Refused(SendRefusal refusal) => new(null, refusal);
}
