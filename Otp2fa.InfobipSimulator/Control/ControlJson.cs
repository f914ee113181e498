using System.Text.Json.Serialization;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.InfobipSimulator.Control;

/// <summary>JSON of the control addresses. A misspelt member is refused: a fault that does nothing would mislead.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(PlanFaultRequest))]
[JsonSerializable(typeof(IReadOnlyList<PlannedFault>))]
[JsonSerializable(typeof(CallsResponse))]
[JsonSerializable(typeof(ControlError))]
internal sealed partial class ControlJson : JsonSerializerContext;
