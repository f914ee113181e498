namespace Otp2fa.Web.Operations.Setup;

/// <summary>One check of the set-up at Infobip. Never a key, an id or a number of a person.</summary>
/// <param name="Id">Names the check for scripts and for docs/infobip.md; stays the same.</param>
/// <param name="Level">How it came out.</param>
/// <param name="Found">The value found, in Infobip's own notation where it has one.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Mend">What to do; null where nothing is to be done.</param>
internal sealed record SetupFinding(
    string Id,
    FindingLevel Level,
    string Found,
    string Why,
    string? Mend = null
)
{
    /// <summary>One whose value may come from the far end, and which needs no mending where it passes.</summary>
    public static SetupFinding Judged(
        string id,
        FindingLevel level,
        string found,
        string why,
        string mend
    ) => new(id, level, ShownText.Of(found), why, level == FindingLevel.Pass ? null : mend);
}
