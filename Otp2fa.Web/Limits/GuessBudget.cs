using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Typed codes of an account, over all challenges, purposes, resends and instances. Each is written down before Infobip is
/// asked; only a wrong one stays counted.
/// </summary>
internal sealed class GuessBudget(
    LimitLedger ledger,
    KeyedHash keyedHash,
    IOptions<LimitsOptions> settings
)
{
    private const int LongPin = 8;

    private readonly LimitsOptions options = settings.Value;

    /// <param name="userId">Whose account.</param>
    /// <param name="digits">How long codes are: more guesses of a longer one give nothing away.</param>
    public async Task<(GuessReservation? Reservation, GuessLimited? Limited)> TryReserveAsync(
        string userId,
        int digits
    )
    {
        var result = await ledger.TryChargeAsync([ChargeOf(userId, digits)], []);
        return result.Refusal is { } refusal
            ? (null, Explain(refusal))
            : (new GuessReservation(result.Uses[0]), null);
    }

    /// <summary>Whether no code would be checked now for having been wrong too often; then none should be sent either.</summary>
    public async Task<GuessLimited?> FindLimitAsync(string userId, int digits)
    {
        var charge = ChargeOf(userId, digits) with { Spacing = TimeSpan.Zero };
        return await ledger.FindRefusalAsync([charge], []) is { } refusal ? Explain(refusal) : null;
    }

    /// <summary>The code was right, or was not tried, or nobody knows: it does not count.</summary>
    public Task ReturnAsync(GuessReservation reservation) => ledger.ReturnAsync(reservation.Use);

    private LimitCharge ChargeOf(string userId, int digits) =>
        new(
            LimitRule.AccountGuesses,
            keyedHash.Compute("limit account", userId),
            [
                new(options.GuessesPerHour, TimeSpan.FromHours(1)),
                new(
                    digits >= LongPin ? options.GuessesPerDayOf8Digits : options.GuessesPerDay,
                    TimeSpan.FromDays(1)
                ),
            ]
        )
        {
            Spacing = options.GuessSpacing,
        };

    private static GuessLimited Explain(LimitRefusal refusal) =>
        new(refusal.Part is LimitPart.Spacing or LimitPart.Contended, refusal.Until);
}
