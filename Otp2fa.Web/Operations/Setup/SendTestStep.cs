namespace Otp2fa.Web.Operations.Setup;

/// <param name="Step">What was done: number, send or check.</param>
/// <param name="Result">What came of it, in one word.</param>
/// <param name="Seconds">How long Infobip took; null where it was not asked.</param>
/// <param name="Sentence">What it means, and what to do.</param>
internal sealed record SendTestStep(string Step, string Result, double? Seconds, string Sentence);
