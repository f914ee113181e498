namespace Otp2fa.Web.Limits;

/// <summary>Why a code may not be asked for.</summary>
internal enum SendLimit
{
    /// <summary>The last code of the account is unanswered; a moment of waiting helps (L8).</summary>
    Wait,

    /// <summary>The account, the number, or the place it is asked from has had as many codes as may be (L8, L9, L11).</summary>
    Window,

    /// <summary>The account has tried to prove as many numbers as may be in a day (L10).</summary>
    NewNumbers,

    /// <summary>Too many codes to numbers like this one, to its country, or to unproved numbers at all (L12, L13, L15).</summary>
    Enrolment,

    /// <summary>So many people ask at the same moment that this one found no turn.</summary>
    Crowd,

    /// <summary>The site has had as many codes as it may have (L13, L14).</summary>
    Site,
}

/// <param name="Limit">Why not.</param>
/// <param name="Until">When there is room again; null if nobody can say.</param>
internal sealed record SendLimited(SendLimit Limit, DateTimeOffset? Until);
