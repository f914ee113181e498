using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Every code that goes out is counted here first, whatever it is for. A send that fails keeps what it was charged: it may
/// have cost money all the same, and otherwise a phone that cannot be reached could be called for ever.
/// </summary>
internal sealed class SendBudget(
    LimitLedger ledger,
    ConversionWatch conversion,
    LimitAlarms alarms,
    KeyedHash keyedHash,
    IRequestOrigin origin,
    IOptions<LimitsOptions> settings
)
{
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // A block is all numbers that differ in these only.
    private const int DigitsOfBlock = 3;

    private readonly LimitsOptions options = settings.Value;

    /// <summary>Writes the send down, if every limit has room. Call it before anything goes out.</summary>
    /// <returns>A reservation if it may go out; otherwise why not.</returns>
    public async Task<(SendReservation? Reservation, SendLimited? Limited)> TryReserveAsync(
        SendRequest request
    )
    {
        if (request.IsEnrolment && await conversion.IsLowAsync(request.Country))
        {
            return (null, new SendLimited(SendLimit.Enrolment, Until: null));
        }

        var result = await ledger.TryChargeAsync(PersonalOf(request), SharedOf(request));
        await alarms.ReportAsync(result, request.Country);
        return Explain(result.Refusal, request) is { } limited
            ? (null, limited)
            : (new SendReservation(result.Uses), null);
    }

    /// <summary>
    /// Infobip was not asked at all: nothing has gone out, so the account and the number get it back. What the site and the
    /// country were charged stays; their numbers only run on.
    /// </summary>
    public async Task ReturnAsync(SendReservation reservation)
    {
        foreach (
            var use in reservation.Uses.Where(use =>
                use.Rule is not (LimitRule.SiteSends or LimitRule.CountrySends)
            )
        )
        {
            await ledger.ReturnAsync(use);
        }
    }

    /// <summary>What <see cref="TryReserveAsync"/> would say now. Counts nothing.</summary>
    public async Task<SendLimited?> FindLimitAsync(SendRequest request) =>
        Explain(await ledger.FindRefusalAsync(PersonalOf(request), SharedOf(request)), request);

    /// <summary>A right code: nobody has to wait for the next one. No window forgets anything.</summary>
    public Task AnswerAsync(string userId) =>
        ledger.AnswerAsync(LimitRule.AccountSends, HashAccount(userId));

    private List<LimitCharge> PersonalOf(SendRequest request)
    {
        LimitWindow[] windows =
        [
            new(options.SendsPer10Minutes, TenMinutes),
            new(options.SendsPerHour, Hour),
            new(options.SendsPerDay, Day),
        ];
        var number = keyedHash.Compute("limit number", request.Number);
        List<LimitCharge> charges =
        [
            new(LimitRule.AccountSends, HashAccount(request.UserId), windows)
            {
                Waits = [options.FirstWait, options.SecondWait, options.LaterWait],
            },
            new(
                LimitRule.NumberSends,
                number,
                request.IsEnrolment ? [.. windows.Select(ForUnproved)] : windows
            ),
        ];
        if (request.IsEnrolment)
        {
            charges.Add(
                new(
                    LimitRule.NewNumbers,
                    HashAccount(request.UserId),
                    [new(options.NewNumbersPerDay, Day)]
                )
                {
                    ItemHash = number,
                }
            );
            charges.Add(
                new(
                    LimitRule.BlockNumbers,
                    keyedHash.Compute("limit block", request.Number[..^DigitsOfBlock]),
                    [new(options.NewNumbersPerBlockAndHour, Hour)]
                )
                {
                    ItemHash = number,
                }
            );
        }

        charges.AddRange(ChargesOfPlace(request));
        return charges;
    }

    // Offices and networks of mobile phones share addresses, so those who sign in have far more of them.
    private IEnumerable<LimitCharge> ChargesOfPlace(SendRequest request)
    {
        if (request.IsEnrolment && origin.Address is { } address)
        {
            yield return new LimitCharge(
                LimitRule.AddressNewNumberSends,
                keyedHash.Compute("limit address", address),
                [new(options.NewNumberSendsPerAddressAndHour, Hour)]
            );
        }

        if (!request.IsEnrolment && origin.Network is { } network)
        {
            yield return new LimitCharge(
                LimitRule.NetworkSends,
                keyedHash.Compute("limit network", network),
                [new(options.SendsPerNetworkAndHour, Hour)]
            );
        }
    }

    // Whether the number is anybody's makes no difference: a stranger must not learn it from here either.
    private LimitWindow ForUnproved(LimitWindow window) =>
        window with
        {
            Most = Math.Max(1, (int)(window.Most * options.UnprovedNumberShare)),
        };

    private List<BudgetCharge> SharedOf(SendRequest request)
    {
        var share = request.IsEnrolment ? options.EnrolmentShare : 1;
        List<BudgetCharge> budgets = [];
        if (options.CountrySendsPerDay.TryGetValue(request.Country, out var most))
        {
            budgets.Add(
                new(
                    LimitRule.CountrySends,
                    keyedHash.Compute("limit country", request.Country),
                    [new(most, Day)]
                )
                {
                    Share = share,
                }
            );
        }

        budgets.Add(
            new(
                LimitRule.SiteSends,
                keyedHash.Compute("limit site", string.Empty),
                [
                    new(options.SiteSendsPerMinute, TimeSpan.FromMinutes(1)),
                    new(options.SiteSendsPerHour, Hour),
                    new(options.SiteSendsPerDay, Day),
                ]
            )
            {
                Share = share,
                Cost = options.CostOf(request.Country),
                MostCost = (long?)(options.MoneyPerDay * 1_000_000),
            }
        );
        return budgets;
    }

    private static SendLimited? Explain(LimitRefusal? refusal, SendRequest request) =>
        refusal is null
            ? null
            : new SendLimited(
                refusal.Rule switch
                {
                    _ when refusal.Part == LimitPart.Contended => SendLimit.Crowd,
                    LimitRule.AccountSends when refusal.Part == LimitPart.Wait => SendLimit.Wait,
                    LimitRule.AccountSends
                    or LimitRule.NumberSends
                    or LimitRule.AddressNewNumberSends
                    or LimitRule.NetworkSends => SendLimit.Window,
                    LimitRule.NewNumbers => SendLimit.NewNumbers,
                    LimitRule.BlockNumbers => SendLimit.Enrolment,
                    _ when request.IsEnrolment => SendLimit.Enrolment,
                    _ => SendLimit.Site,
                },
                refusal.Until
            );

    private byte[] HashAccount(string userId) => keyedHash.Compute("limit account", userId);
}
