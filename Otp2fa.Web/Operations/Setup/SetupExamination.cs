namespace Otp2fa.Web.Operations.Setup;

/// <param name="Findings">Every check that could be made, also those that came out well.</param>
/// <param name="IsAnswered">Every question had an answer; a refusal of a key or an id is one.</param>
/// <param name="IsComplete">Application and template were both read, so that their silence means something.</param>
internal sealed record SetupExamination(
    IReadOnlyList<SetupFinding> Findings,
    bool IsAnswered,
    bool IsComplete
);
