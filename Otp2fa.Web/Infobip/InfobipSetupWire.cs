using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Body of <c>POST /2fa/2/applications</c> and <c>PUT …/{appId}</c>. Always whole: what becomes of a part that is left out is not
/// documented.
/// </summary>
internal sealed record ApplicationRequest(
    string Name,
    bool Enabled,
    ConfigurationRequest Configuration
);

/// <inheritdoc cref="ApplicationRequest"/>
internal sealed record ConfigurationRequest(
    int PinAttempts,
    bool AllowMultiplePinVerifications,
    string PinTimeToLive,
    string VerifyPinLimit,
    string SendPinPerPhoneNumberLimit,
    string SendPinPerApplicationLimit
);

/// <summary>Body of <c>POST /2fa/2/applications/{appId}/messages</c> and <c>PUT …/{msgId}</c>; what is null is left out.</summary>
internal sealed record TemplateRequest(
    string MessageText,
    string PinType,
    int PinLength,
    string? SenderId,
    string? Language,
    JsonElement? VoiceName = null,
    JsonElement? SpeechRate = null,
    [property: JsonPropertyName("repeatDTMF")] JsonElement? RepeatDtmf = null,
    JsonElement? Regional = null
);
