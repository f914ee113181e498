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

    /// <summary><c>POST /2fa/2/pin/{pinId}/resend</c></summary>
    [JsonStringEnumMemberName("resend")]
    ResendPin,

    /// <summary><c>POST /2fa/2/pin/voice</c></summary>
    [JsonStringEnumMemberName("voice")]
    SendPinByVoice,

    /// <summary><c>POST /2fa/2/pin/{pinId}/resend/voice</c></summary>
    [JsonStringEnumMemberName("resend-voice")]
    ResendPinByVoice,

    /// <summary><c>GET /2fa/2/applications/{appId}/verifications</c></summary>
    [JsonStringEnumMemberName("status")]
    ReadStatus,

    /// <summary><c>GET /2fa/2/applications</c></summary>
    [JsonStringEnumMemberName("applications-list")]
    ListApplications,

    /// <summary><c>POST /2fa/2/applications</c></summary>
    [JsonStringEnumMemberName("applications-create")]
    CreateApplication,

    /// <summary><c>GET /2fa/2/applications/{appId}</c></summary>
    [JsonStringEnumMemberName("application-read")]
    ReadApplication,

    /// <summary><c>PUT /2fa/2/applications/{appId}</c></summary>
    [JsonStringEnumMemberName("application-update")]
    UpdateApplication,

    /// <summary><c>GET /2fa/2/applications/{appId}/messages</c></summary>
    [JsonStringEnumMemberName("messages-list")]
    ListMessages,

    /// <summary><c>POST /2fa/2/applications/{appId}/messages</c></summary>
    [JsonStringEnumMemberName("message-create")]
    CreateMessage,

    /// <summary><c>GET /2fa/2/applications/{appId}/messages/{msgId}</c></summary>
    [JsonStringEnumMemberName("message-read")]
    ReadMessage,

    /// <summary><c>PUT /2fa/2/applications/{appId}/messages/{msgId}</c></summary>
    [JsonStringEnumMemberName("message-update")]
    UpdateMessage,
}
