using System.Text.Json.Serialization;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>The operations of Infobip's 2FA API that are simulated; the names are those of the control addresses.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InfobipOperation>))]
public enum InfobipOperation
{
    /// <summary><c>POST /2fa/2/pin</c></summary>
    [JsonStringEnumMemberName("send")]
    SendPin,

    /// <summary><c>POST /2fa/2/pin/{pinId}/verify</c></summary>
    [JsonStringEnumMemberName("verify")]
    VerifyPin,
}
