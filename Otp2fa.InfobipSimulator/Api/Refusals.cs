using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>The refusals operations share, each with its entry for the log.</summary>
internal sealed class Refusals(ErrorAnswers errors, TimeProvider time)
{
    public OperationResult Unreadable(string? pinId = null) =>
        new(CallOutcome.Rejected, errors.Unreadable(), pinId);

    public OperationResult Invalid(
        IReadOnlyDictionary<string, string[]> violations,
        string? pinId = null,
        string? number = null
    ) => new(CallOutcome.Rejected, errors.Invalid(violations), pinId, number);

    public OperationResult Invalid(string property, params string[] texts) =>
        Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [property] = texts });

    public OperationResult BadRequest(string text, string? pinId = null, string? number = null) =>
        new(CallOutcome.Rejected, errors.BadRequest(text), pinId, number);

    /// <summary>What a disabled application answers; null when it is enabled, or sends all the same.</summary>
    public OperationResult? Disabled(
        PinApplication application,
        SimulatorAssumptions assumptions,
        string? pinId = null,
        string? number = null
    ) =>
        application.Enabled
            ? null
            : assumptions.DisabledApplication switch
            {
                DisabledApplicationAnswer.BadRequest => BadRequest(
                    "[applicationId : application is disabled]",
                    pinId,
                    number
                ),
                DisabledApplicationAnswer.Forbidden => new OperationResult(
                    CallOutcome.Rejected,
                    errors.Forbidden(),
                    pinId,
                    number
                ),
                DisabledApplicationAnswer.Sends => null,
            };

    public OperationResult NotFound(string? pinId = null, string? number = null) =>
        new(CallOutcome.NotFound, errors.NotFound(), pinId, number);

    public OperationResult Throttled(TimeSpan wait, string? pinId = null, string? number = null) =>
        new(CallOutcome.Throttled, errors.TooManyRequests(wait, time.GetUtcNow()), pinId, number);
}
