using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Infobip;

/// <summary>Answer to <c>GET /2fa/2/applications/{appId}</c>.</summary>
internal sealed record ApplicationResponse
{
    public WireText ApplicationId { get; init; }
    public WireText Name { get; init; }

    [JsonConverter(typeof(WireTruthConverter))]
    public WireTruth Enabled { get; init; }

    public ConfigurationPart? Configuration { get; init; }
}

internal sealed record ConfigurationPart
{
    [JsonConverter(typeof(WireCountConverter))]
    public int? PinAttempts { get; init; }

    [JsonConverter(typeof(WireTruthConverter))]
    public WireTruth AllowMultiplePinVerifications { get; init; }

    public WireText PinTimeToLive { get; init; }
    public WireText VerifyPinLimit { get; init; }
    public WireText SendPinPerPhoneNumberLimit { get; init; }
    public WireText SendPinPerApplicationLimit { get; init; }
}

/// <summary>Answer to <c>GET /2fa/2/applications/{appId}/messages/{msgId}</c>.</summary>
internal sealed record TemplateResponse
{
    public WireText MessageId { get; init; }
    public WireText ApplicationId { get; init; }
    public WireText MessageText { get; init; }
    public WireText PinType { get; init; }

    [JsonConverter(typeof(WireCountConverter))]
    public int? PinLength { get; init; }

    public WireText SenderId { get; init; }
    public WireText Language { get; init; }
    public JsonElement? VoiceName { get; init; }
    public JsonElement? SpeechRate { get; init; }

    [JsonPropertyName("repeatDTMF")]
    public JsonElement? RepeatDtmf { get; init; }

    public JsonElement? Regional { get; init; }
}

/// <summary>Answer to <c>GET /2fa/2/applications/{appId}/verifications</c>.</summary>
internal sealed record VerificationsResponse
{
    public IReadOnlyList<VerificationPart>? Verifications { get; init; }

    public override string ToString() => nameof(VerificationsResponse);
}

internal sealed record VerificationPart
{
    public WireText Msisdn { get; init; }

    [JsonConverter(typeof(WireTruthConverter))]
    public WireTruth Verified { get; init; }

    [JsonConverter(typeof(WireTimeConverter))]
    public DateTimeOffset? VerifiedAt { get; init; }

    [JsonConverter(typeof(WireTimeConverter))]
    public DateTimeOffset? SentAt { get; init; }

    public override string ToString() => nameof(VerificationPart);
}
