using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator.Faults;

/// <summary>A fault and the number of calls still to meet it; null means all.</summary>
public sealed record PlannedFault(InfobipOperation Operation, Fault Fault, int? Calls);
