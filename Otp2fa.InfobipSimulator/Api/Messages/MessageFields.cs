using System.Diagnostics.CodeAnalysis;
using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Messages;

/// <summary>A template's body over a template: what is left out stays as it was.</summary>
internal static class MessageFields
{
    private const string PinTypeProperty = "pinType";

    /// <summary>The rules of a new template come first, so that a body that breaks several hears of all.</summary>
    public static bool TryCreate(
        MessageRequest body,
        [NotNullWhen(true)] out PinTemplate? template,
        out Dictionary<string, string[]> violations
    )
    {
        var blank = string.IsNullOrWhiteSpace(body.MessageText);
        TryApply(
            body,
            new PinTemplate { MessageId = PinGenerator.NewId(), MessageText = "" },
            out template,
            out violations
        );
        if (blank)
        {
            violations["messageText"] = ["must not be blank"];
        }

        if (body.PinType is null)
        {
            violations[PinTypeProperty] = ["must not be null"];
        }

        template = violations.Count == 0 ? template : null;
        return template is not null;
    }

    public static bool TryApply(
        MessageRequest body,
        PinTemplate initial,
        [NotNullWhen(true)] out PinTemplate? template,
        out Dictionary<string, string[]> violations
    )
    {
        var pinType = WireEnums.ReadPinType(body.PinType);
        var language = WireEnums.ReadLanguage(body.Language);
        var applied = initial with
        {
            MessageText = body.MessageText ?? initial.MessageText,
            PinType = pinType ?? initial.PinType,
            PinLength = body.PinLength ?? initial.PinLength,
            SenderId = body.SenderId ?? initial.SenderId,
            Language = language ?? initial.Language,
            VoiceName = body.VoiceName ?? initial.VoiceName,
            SpeechRate = body.SpeechRate ?? initial.SpeechRate,
            RepeatDtmf = body.RepeatDtmf ?? initial.RepeatDtmf,
            IndiaDlt = body.Regional?.IndiaDlt is { } dlt ? Read(dlt) : initial.IndiaDlt,
        };
        violations = applied.Violations();
        if (body.PinType is not null && pinType is null)
        {
            violations[PinTypeProperty] =
            [
                $"must be one of {WireEnums.Names<PinType>(WireEnums.Of)}",
            ];
        }

        if (body.Language is not null && language is null)
        {
            violations["language"] =
            [
                $"must be one of {WireEnums.Names<PinLanguage>(WireEnums.Of)}",
            ];
        }

        template = violations.Count == 0 ? applied : null;
        return template is not null;
    }

    private static IndiaDlt Read(IndiaDltBody body) =>
        new()
        {
            PrincipalEntityId = body.PrincipalEntityId ?? "",
            ContentTemplateId = body.ContentTemplateId,
            TeleMarketerId = body.TeleMarketerId,
        };
}
