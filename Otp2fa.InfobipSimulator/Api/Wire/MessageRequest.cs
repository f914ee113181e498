using System.Text.Json.Serialization;

namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record MessageRequest(
    string? MessageText,
    string? PinType,
    int? PinLength,
    string? SenderId,
    string? Language,
    string? VoiceName,
    double? SpeechRate,
    [property: JsonPropertyName("repeatDTMF")] string? RepeatDtmf,
    RegionalBody? Regional
);

/// <summary>Regional options as they come and go.</summary>
internal sealed record RegionalBody(IndiaDltBody? IndiaDlt);

internal sealed record IndiaDltBody(
    string? ContentTemplateId,
    string? PrincipalEntityId,
    string? TeleMarketerId
);
