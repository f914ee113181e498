namespace Otp2fa.Web.Infobip;

/// <summary>What is worth telling the operator about a call; each has a log event of its own.</summary>
internal enum Finding
{
    None,
    Throttled,
    Undeliverable,
    Rejected,
    Misconfigured,

    /// <summary>No whole answer, a failing far end, or an answer that cannot be understood.</summary>
    Unavailable,

    /// <summary>The answer speaks of another PIN or number than the one asked about.</summary>
    Foreign,

    /// <summary>The answer says verified and names an error.</summary>
    Contradiction,
}

/// <summary>How a reply was read.</summary>
/// <param name="Answer">What the site is told.</param>
/// <param name="Finding">What the operator is told.</param>
/// <param name="Code">Infobip's identifier that led here, as it came.</param>
internal readonly record struct Verdict<T>(T Answer, Finding Finding, string? Code = null);
