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
    public async Task<ReadAnswer<ApplicationFacts>> ReadApplicationAsync(CancellationToken stop) =>
        ReadRules.Judge(
            await management.ReadApplicationAsync(stop),
            InfobipJson.Default.ApplicationResponse,
            body =>
                IsSame(body.ApplicationId, options.Value.ApplicationId)
                    ? ReadRules.FactsOf(body)
                    : null
        );

    public async Task<ReadAnswer<TemplateFacts>> ReadTemplateAsync(CancellationToken stop) =>
        ReadRules.Judge(
            await management.ReadTemplateAsync(stop),
            InfobipJson.Default.TemplateResponse,
            body =>
                IsSame(body.MessageId, options.Value.MessageId)
                && IsSame(body.ApplicationId, options.Value.ApplicationId)
                    ? ReadRules.FactsOf(body)
                    : null
        );

    public async Task<ReadAnswer<IReadOnlyList<VerificationFacts>>> ReadVerificationsAsync(
        PhoneNumber number
    ) =>
        ReadRules.Judge<VerificationsResponse, IReadOnlyList<VerificationFacts>>(
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

    private static bool IsSame(WireText named, string? asked) =>
        named.IsAbsent || string.Equals(named.Value, asked, StringComparison.Ordinal);
}
