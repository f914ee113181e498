using System.Text.Json.Serialization;

namespace Otp2fa.InfobipSimulator.Api.Wire;

/// <summary>Infobip's JSON: camel case, absent instead of null, unknown members ignored, no guessing of types.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SendPinRequest))]
[JsonSerializable(typeof(SendPinResponse))]
[JsonSerializable(typeof(ResendPinRequest))]
[JsonSerializable(typeof(VerifyPinRequest))]
[JsonSerializable(typeof(VerifyPinResponse))]
[JsonSerializable(typeof(ApplicationRequest))]
[JsonSerializable(typeof(ApplicationResponse))]
[JsonSerializable(typeof(IReadOnlyList<ApplicationResponse>))]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(IReadOnlyList<MessageResponse>))]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(LegacyErrorBody))]
[JsonSerializable(typeof(PlatformErrorBody))]
internal sealed partial class WireJson : JsonSerializerContext;
