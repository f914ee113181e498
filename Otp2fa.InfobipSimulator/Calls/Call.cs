using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.InfobipSimulator.Calls;

/// <summary>One request to an operation. Holds no PIN and no key.</summary>
public sealed record Call(InfobipOperation Operation, DateTimeOffset At)
{
    public CallOutcome Outcome { get; init; } = CallOutcome.Pending;

    /// <summary>From the address of a verification, or the PIN a send has generated.</summary>
    public string? PinId { get; init; }

    /// <summary>Digits without a plus sign, once known.</summary>
    public string? Number { get; init; }

    /// <summary>The HTTP status of the answer; null while there is none or when the connection is cut instead.</summary>
    public int? Status { get; init; }

    /// <summary>The fault that was applied, if any.</summary>
    public Fault? Fault { get; init; }
}
