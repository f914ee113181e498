namespace Otp2fa.Web.Operations.Setup;

/// <param name="Step">What was done: number, send, typed or check.</param>
/// <param name="Result">What came of it, in one word.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Sentence">What it means, and what to do.</param>
internal sealed record SendTestStep(string Step, string Result, double Seconds, string Sentence);
