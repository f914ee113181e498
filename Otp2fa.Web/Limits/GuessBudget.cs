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

    /// <param name="userId">Whose account.</param>
    /// <param name="secret">What is typed.</param>
    /// <param name="address">Where from, for what an address may guess over all accounts; null if nobody knows.</param>
    public async Task<(GuessReservation? Reservation, GuessLimited? Limited)> TryReserveAsync(
        string userId,
        GuessedSecret secret,
        string? address = null
    )
    {
        List<LimitCharge> charges = [ChargeOf(userId, secret)];
        if (secret == GuessedSecret.RecoveryCode && address is not null)
        {
            charges.Add(
                new LimitCharge(
                    LimitRule.AddressRecoveryGuesses,
                    keyedHash.Compute("limit address", address),
                    [new(options.RecoveryGuessesPerAddressAndHour, TimeSpan.FromHours(1))]
                )
            );
        }

        var result = await ledger.TryChargeAsync(charges, []);
        return result.Refusal is { } refusal
            ? (null, Explain(refusal))
            : (new GuessReservation(result.Uses), null);
    }

    /// <summary>Whether no code would be checked now for having been wrong too often; then none should be sent either.</summary>
    public async Task<GuessLimited?> FindLimitAsync(string userId, GuessedSecret secret)
    {
        var charge = ChargeOf(userId, secret) with { Spacing = TimeSpan.Zero };
        return await ledger.FindRefusalAsync([charge], []) is { } refusal ? Explain(refusal) : null;
    }

    /// <summary>The code was right, or was not tried, or nobody knows: it does not count.</summary>
    public async Task ReturnAsync(GuessReservation reservation)
    {
        foreach (var use in reservation.Uses)
        {
            await ledger.ReturnAsync(use);
        }
    }

    /// <summary>
    /// The factors that were guessed at are gone: what was counted against them must not keep the person from setting up
    /// others.
    /// </summary>
    public Task<int> ForgetAsync(string userId) =>
        ledger.ReturnAllAsync(
            [LimitRule.AccountGuesses, LimitRule.AppGuesses, LimitRule.RecoveryGuesses],
            keyedHash.Compute("limit account", userId)
        );

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
                options.AppGuessesPerHour,
                options.AppGuessesPerDay,
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
