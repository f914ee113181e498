using System.Text.Json.Serialization;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>JSON of the phone, for scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<PhoneMessage>))]
[JsonSerializable(typeof(IReadOnlyList<PhoneMail>))]
internal sealed partial class PhoneJson : JsonSerializerContext;
