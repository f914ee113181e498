using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Typed recovery codes of an account (L7). Each is written down before it is tried; a right one is taken back.
/// </summary>
internal sealed class RecoveryBudget(
    LimitLedger ledger,
    KeyedHash keyedHash,
    IOptions<LimitsOptions> options
)
{
    public async Task<(GuessReservation? Reservation, DateTimeOffset Until)> TryReserveAsync(
        string userId
    )
    {
        var charge = new LimitCharge(
            LimitRule.RecoveryGuesses,
            keyedHash.Compute("limit account", userId),
            [
                new(options.Value.RecoveryGuessesPerHour, TimeSpan.FromHours(1)),
                new(options.Value.RecoveryGuessesPerDay, TimeSpan.FromDays(1)),
            ]
        );
        var result = await ledger.TryChargeAsync([charge], []);
        return result.Refusal is { } refusal
            ? (null, refusal.Until)
            : (new GuessReservation(result.Uses[0]), default);
    }

    public Task ReturnAsync(GuessReservation reservation) => ledger.ReturnAsync(reservation.Use);
}
