namespace Otp2fa.Web.Infobip;

/// <summary>What one call says about Infobip itself, whatever it said to the person.</summary>
/// <param name="IsFailure">
/// No usable answer, or one that was not authorized. Limits, refusals and answers about another number are none: a stranger
/// with an odd number must not be able to switch codes off for everybody.
/// </param>
/// <param name="Elapsed">From the start to the last byte read.</param>
internal readonly record struct CallHealth(bool IsFailure, TimeSpan Elapsed)
{
    public static CallHealth Of(Finding finding, TimeSpan elapsed) =>
        new(
            finding switch
            {
                Finding.Unavailable or Finding.Misconfigured or Finding.Contradiction => true,
                Finding.None
                or Finding.Throttled
                or Finding.Undeliverable
                or Finding.Rejected
                or Finding.Foreign => false,
            },
            elapsed
        );
}
