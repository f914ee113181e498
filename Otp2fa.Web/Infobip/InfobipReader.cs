using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Reads the set-up at Infobip and what became of the PINs of a number: for operators, never for a sign-in, and so beside
/// the circuits. As strict as the rest: an answer about another application, template or number is not believed.
/// </summary>
internal sealed class InfobipReader(
    InfobipClient client,
    InfobipManagement management,
    IOptions<InfobipOptions> options
)
{
    public async Task<ReadAnswer<ApplicationFacts>> ReadApplicationAsync() =>
        Judge(
            await management.ReadApplicationAsync(),
            InfobipJson.Default.ApplicationResponse,
            body =>
                IsSame(body.ApplicationId, options.Value.ApplicationId)
                    ? new ApplicationFacts(
                        body.Name.Value,
                        Truth(body.Enabled),
                        body.Configuration?.PinAttempts,
                        Truth(body.Configuration?.AllowMultiplePinVerifications),
                        body.Configuration?.PinTimeToLive.Value,
                        body.Configuration?.VerifyPinLimit.Value,
                        body.Configuration?.SendPinPerPhoneNumberLimit.Value,
                        body.Configuration?.SendPinPerApplicationLimit.Value
                    )
                    : null
        );

    public async Task<ReadAnswer<TemplateFacts>> ReadTemplateAsync() =>
        Judge(
            await management.ReadTemplateAsync(),
            InfobipJson.Default.TemplateResponse,
            body =>
                IsSame(body.MessageId, options.Value.MessageId)
                && IsSame(body.ApplicationId, options.Value.ApplicationId)
                    ? new TemplateFacts(
                        body.MessageText.Value,
                        body.PinType.Value,
                        body.PinLength,
                        body.SenderId.Value,
                        body.Language.Value
                    )
                    : null
        );

    public async Task<ReadAnswer<IReadOnlyList<VerificationFacts>>> ReadVerificationsAsync(
        PhoneNumber number
    ) =>
        Judge<VerificationsResponse, IReadOnlyList<VerificationFacts>>(
            await client.ReadVerificationsAsync(number.Digits),
            InfobipJson.Default.VerificationsResponse,
            body =>
                body.Verifications is { } all
                && all.All(one => one is not null && PhoneMatch.IsSameOrAbsent(one.Msisdn, number))
                    ?
                    [
                        .. all.Select(one => new VerificationFacts(
                            one.Verified == WireTruth.True,
                            one.VerifiedAt,
                            one.SentAt
                        )),
                    ]
                    : null
        );

    private static ReadAnswer<T> Judge<TBody, T>(
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

    private static bool IsSame(WireText named, string? asked) =>
        named.IsAbsent || string.Equals(named.Value, asked, StringComparison.Ordinal);

    private static bool? Truth(WireTruth? truth) =>
        truth switch
        {
            WireTruth.True => true,
            WireTruth.False => false,
            _ => null,
        };
}
