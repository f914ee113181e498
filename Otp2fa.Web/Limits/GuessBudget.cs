using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Typed codes of an account, over all challenges, purposes, resends and instances (L5, L6, L7). Each is written down before
/// it is tried; only a wrong one stays counted.
/// </summary>
internal sealed class GuessBudget(
    LimitLedger ledger,
    KeyedHash keyedHash,
    IOptions<LimitsOptions> settings
)
{
    private readonly LimitsOptions options = settings.Value;

    public async Task<(GuessReservation? Reservation, GuessLimited? Limited)> TryReserveAsync(
        string userId,
        GuessedSecret secret
    )
    {
        var result = await ledger.TryChargeAsync([ChargeOf(userId, secret)], []);
        return result.Refusal is { } refusal
            ? (null, Explain(refusal))
            : (new GuessReservation(result.Uses[0]), null);
    }

    /// <summary>Whether no code would be checked now for having been wrong too often; then none should be sent either.</summary>
    public async Task<GuessLimited?> FindLimitAsync(string userId, GuessedSecret secret)
    {
        var charge = ChargeOf(userId, secret) with { Spacing = TimeSpan.Zero };
        return await ledger.FindRefusalAsync([charge], []) is { } refusal ? Explain(refusal) : null;
    }

    /// <summary>The code was right, or was not tried, or nobody knows: it does not count.</summary>
    public Task ReturnAsync(GuessReservation reservation) => ledger.ReturnAsync(reservation.Use);

    private LimitCharge ChargeOf(string userId, GuessedSecret secret)
    {
        var (rule, perHour, perDay, spacing) = secret switch
        {
            GuessedSecret.ShortPin => (
                LimitRule.AccountGuesses,
                options.GuessesPerHour,
                options.GuessesPerDay,
                options.GuessSpacing
            ),
            GuessedSecret.LongPin => (
                LimitRule.AccountGuesses,
                options.GuessesPerHour,
                options.GuessesPerDayOf8Digits,
                options.GuessSpacing
            ),
            GuessedSecret.AppCode => (
                LimitRule.AppGuesses,
                options.GuessesPerHour,
                options.GuessesPerDay,
                options.GuessSpacing
            ),
            GuessedSecret.RecoveryCode => (
                LimitRule.RecoveryGuesses,
                options.RecoveryGuessesPerHour,
                options.RecoveryGuessesPerDay,
                TimeSpan.Zero
            ),
        };
        return new LimitCharge(
            rule,
            keyedHash.Compute("limit account", userId),
            [new(perHour, TimeSpan.FromHours(1)), new(perDay, TimeSpan.FromDays(1))]
        )
        {
            Spacing = spacing,
        };
    }

    private static GuessLimited Explain(LimitRefusal refusal) =>
        new(refusal.Part is LimitPart.Spacing or LimitPart.Contended, refusal.Until);
}
