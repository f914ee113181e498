using System.Text.Json.Serialization;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>The two forms of error body Infobip uses; clients of 2FA must read both.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ErrorEnvelope>))]
public enum ErrorEnvelope
{
    /// <summary><c>requestError.serviceException</c>, the only form described for 2FA.</summary>
    [JsonStringEnumMemberName("legacy")]
    Legacy,

    /// <summary><c>errorCode</c> E400 and so on, the form of newer products and of the gateway.</summary>
    [JsonStringEnumMemberName("platform")]
    Platform,
}
