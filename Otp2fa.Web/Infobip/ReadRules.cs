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
        var status = StatusRules.Classify(reply) switch
        {
            StatusClass.Ok => ReadStatus.Found,
            StatusClass.NotFound => ReadStatus.NotFound,
            StatusClass.Misconfigured => ReadStatus.Misconfigured,
            StatusClass.Throttled => ReadStatus.Throttled,
            StatusClass.BadRequest or StatusClass.Unavailable => ReadStatus.Unavailable,
        };
        return status == ReadStatus.Found
            ? reply.Read(type) is { } body && read(body) is { } value
                ? new ReadAnswer<T>(ReadStatus.Found, value, reply.Status, reply.Date)
                : new ReadAnswer<T>(
                    ReadStatus.Unavailable,
                    HttpStatus: reply.Status,
                    Date: reply.Date
                )
            : new ReadAnswer<T>(status, HttpStatus: reply.Status, Date: reply.Date);
    }

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
            body.Language.Value
        );

    private static bool? Truth(WireTruth? truth) =>
        truth switch
        {
            WireTruth.True => true,
            WireTruth.False => false,
            _ => null,
        };
}
