using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Typed recovery codes of an account: 5 an hour and 10 in 24 hours may be wrong (L7). Each is written down before it is
/// tried; a right one is taken back.
/// </summary>
internal sealed class RecoveryBudget(LimitLedger ledger, KeyedHash keyedHash)
{
    private static readonly LimitWindow[] Windows =
    [
        new(5, TimeSpan.FromHours(1)),
        new(10, TimeSpan.FromDays(1)),
    ];

    public async Task<(GuessReservation? Reservation, DateTimeOffset Until)> TryReserveAsync(
        string userId
    )
    {
        var charge = new LimitCharge(
            LimitRule.RecoveryGuesses,
            keyedHash.Compute("limit account", userId),
            Windows
        );
        var result = await ledger.TryChargeAsync([charge], []);
        return result.Refusal is { } refusal
            ? (null, refusal.Until)
            : (new GuessReservation(result.Uses[0]), default);
    }

    public Task ReturnAsync(GuessReservation reservation) => ledger.ReturnAsync(reservation.Use);
}
