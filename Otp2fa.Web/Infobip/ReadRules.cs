using System.Text.Json.Serialization.Metadata;

namespace Otp2fa.Web.Infobip;

/// <summary>What an answer about the set-up says, as strictly as the rest: nothing that it lacks is made up.</summary>
internal static class ReadRules
{
    public static ReadAnswer<T> Judge<TBody, T>(
        InfobipReply reply,
        JsonTypeInfo<TBody> type,
        Func<TBody, T?> read
    )
        where TBody : class
        where T : class
    {
        var value =
            StatusRules.Classify(reply) == StatusClass.Ok && reply.Read(type) is { } body
                ? read(body)
                : null;
        return new ReadAnswer<T>(
            value is null ? StatusOf(reply) : ReadStatus.Found,
            value,
            reply.Status,
            reply.Date,
            reply.RetryAfter,
            reply.ReadErrorProperties()
        );
    }

    private static ReadStatus StatusOf(InfobipReply reply) =>
        StatusRules.Classify(reply) switch
        {
            StatusClass.NotFound => ReadStatus.NotFound,
            StatusClass.Misconfigured => ReadStatus.Misconfigured,
            StatusClass.Throttled => ReadStatus.Throttled,
            StatusClass.BadRequest => ReadStatus.Refused,
            StatusClass.Ok or StatusClass.Unavailable => reply.Fault == ReplyFault.Oversized
                ? ReadStatus.Oversized
                : ReadStatus.Unavailable,
        };

    public static ApplicationFacts FactsOf(ApplicationResponse body) =>
        new ApplicationFacts(
            body.Name.Value,
            Truth(body.Enabled),
            body.Configuration?.PinAttempts,
            Truth(body.Configuration?.AllowMultiplePinVerifications),
            body.Configuration?.PinTimeToLive.Value,
            body.Configuration?.VerifyPinLimit.Value,
            body.Configuration?.SendPinPerPhoneNumberLimit.Value,
            body.Configuration?.SendPinPerApplicationLimit.Value
        );

    public static TemplateFacts FactsOf(TemplateResponse body) =>
        new TemplateFacts(
            body.MessageText.Value,
            body.PinType.Value,
            body.PinLength,
            body.SenderId.Value,
            body.Language.Value,
            new TemplateRest(body.VoiceName, body.SpeechRate, body.RepeatDtmf, body.Regional)
        );

    private static bool? Truth(WireTruth? truth) =>
        truth switch
        {
            WireTruth.True => true,
            WireTruth.False => false,
            _ => null,
        };
}
