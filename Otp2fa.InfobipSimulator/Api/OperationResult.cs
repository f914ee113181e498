using Otp2fa.InfobipSimulator.Calls;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>What an operation did, for the log, and what it wants to answer.</summary>
internal sealed record OperationResult(
    CallOutcome Outcome,
    Answer Answer,
    string? PinId = null,
    string? Number = null
);
