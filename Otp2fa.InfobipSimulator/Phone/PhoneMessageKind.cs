using System.Text.Json.Serialization;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>How a PIN reached the phone.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PhoneMessageKind>))]
public enum PhoneMessageKind
{
    [JsonStringEnumMemberName("sms")]
    Sms,

    [JsonStringEnumMemberName("call")]
    Call,
}
