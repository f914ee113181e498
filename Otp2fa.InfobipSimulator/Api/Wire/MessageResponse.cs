using System.Text.Json.Serialization;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record MessageResponse(
    string MessageId,
    string ApplicationId,
    string PinPlaceholder,
    string MessageText,
    int PinLength,
    string PinType,
    string Language,
    string? SenderId,
    string? VoiceName,
    double? SpeechRate,
    [property: JsonPropertyName("repeatDTMF")] string? RepeatDtmf,
    RegionalBody? Regional
)
{
    public static MessageResponse Of(string applicationId, PinTemplate template) =>
        new(
            template.MessageId,
            applicationId,
            PinTemplate.PinMark,
            template.MessageText,
            template.PinLength,
            WireEnums.Of(template.PinType),
            WireEnums.Of(template.Language),
            template.SenderId,
            template.VoiceName,
            template.SpeechRate,
            template.RepeatDtmf,
            template.IndiaDlt is { } dlt
                ? new RegionalBody(
                    new IndiaDltBody(
                        dlt.ContentTemplateId,
                        dlt.PrincipalEntityId,
                        dlt.TeleMarketerId
                    )
                )
                : null
        );
}
