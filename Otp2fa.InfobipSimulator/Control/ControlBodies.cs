using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.InfobipSimulator.Control;

/// <summary>Plans a fault; without a number of calls, for all.</summary>
internal sealed record PlanFaultRequest(InfobipOperation? Operation, Fault? Fault, int? Calls);

internal sealed record CallsResponse(
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyList<Call> Calls
);

internal sealed record ControlError(string Error);
