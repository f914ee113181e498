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

    /// <summary>The last code of the account is still unanswered, and it is too soon for another.</summary>
    Wait,

    /// <summary>The account or the number has had as many codes as may be for a while.</summary>
    Window,

    /// <summary>The account has tried to prove as many numbers as may be in a day.</summary>
    NewNumbers,

    /// <summary>No codes go to new numbers, or to new numbers like this one, at present.</summary>
    EnrolmentPaused,

    /// <summary>The site has sent as many codes as it may.</summary>
    SiteBudget,

    /// <summary>Too many codes of the account were wrong; one that is sent now would not be checked.</summary>
    GuessesSpent,

    /// <summary>So many codes in a row were wrong that none is sent until a number is bound again.</summary>
    SwitchedOff,

    /// <summary>Codes are not sent to numbers of this country (any more).</summary>
    CountryNotServed,

    /// <summary>Codes are not sent to numbers of this kind.</summary>
    KindNotServed,
}

/// <summary>What came of asking for a code: exactly one of the two is set.</summary>
public sealed record ChallengeStart(ChallengeTicket? Ticket, SendDenial? Denial)
{
    public static ChallengeStart Sent(ChallengeTicket ticket) => new(ticket, null);

    public static ChallengeStart Refused(SendRefusal reason) => new(null, new SendDenial(reason));

    public static ChallengeStart Refused(SendDenial denial) => new(null, denial);
}
