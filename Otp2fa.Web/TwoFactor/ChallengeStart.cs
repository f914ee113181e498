namespace Otp2fa.Web.TwoFactor;

/// <summary>Why no code is on its way.</summary>
public enum SendRefusal
{
    /// <summary>The account has no proved number (any more). Two-factor authentication stays on all the same.</summary>
    NoProvedNumber,

    /// <summary>Accepted, and yet no message went out.</summary>
    NotSent,

    /// <summary>The phone cannot be reached at present.</summary>
    Unreachable,

    /// <summary>No code can be sent to this number at all.</summary>
    NumberRefused,

    /// <summary>The day's codes for this number are used up.</summary>
    Throttled,

    /// <summary>Too many codes at once; over in minutes.</summary>
    Busy,
    Unavailable,

    /// <summary>This code went out as often as one may; what was sent can still be typed.</summary>
    SentOften,

    /// <summary>Codes are delayed for everybody, so none was asked for.</summary>
    Outage,

    /// <summary>So many people ask for codes right now that none was asked for. Over in seconds.</summary>
    Crowded,

    /// <summary>A newer request for a code overtook this one.</summary>
    Superseded,
}

/// <summary>What came of asking for a code: exactly one of the two is set.</summary>
public sealed record ChallengeStart(ChallengeTicket? Ticket, SendRefusal? Refusal)
{
    public static ChallengeStart Sent(ChallengeTicket ticket) => new(ticket, null);

    public static ChallengeStart Refused(SendRefusal refusal) => new(null, refusal);
}
