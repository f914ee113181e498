using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Typed passwords (L1, L2, L17): each is written down before it is checked, so that many at once get no more checks than one
/// after the other; only a wrong one stays counted. Wrong ones in a row bring waits that grow, counted by the name that was
/// typed, whether it has an account or not. A browser that signed in to the account before is counted by itself: a stranger's
/// wrong passwords do not keep its owner out, also not from the same address (threat T22).
/// </summary>
internal sealed class PasswordBudget(
    LimitLedger ledger,
    KeyedHash keyedHash,
    IOptions<LimitsOptions> settings
)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly LimitsOptions options = settings.Value;

    /// <summary>After wrong ones in a row.</summary>
    public TimeSpan LongestWait => options.LongestLock;

    /// <param name="name">As accounts are found by it; there need not be one.</param>
    /// <param name="browser">What the account knows the browser by; null if it does not.</param>
    /// <param name="address">Where from; null if nobody knows.</param>
    /// <param name="network">The network of <paramref name="address"/>.</param>
    public async Task<(PasswordReservation? Reservation, PasswordLimited? Limited)> TryReserveAsync(
        string name,
        string? browser,
        string? address,
        string? network
    )
    {
        var own = ChargeOf(name, browser);
        var result = await ledger.TryChargeAsync(
            browser is null ? [own, .. ChargesOf(address, network)] : [own],
            []
        );
        if (result.Refusals.Count == 0)
        {
            return (new PasswordReservation(result.Uses), null);
        }

        // What an address used up says nothing about an account, and so it may be told; it comes first, or being told
        // would say that the account is not locked.
        var ofPlace = result.Refusals.Where(refusal => refusal.Rule != own.Rule).ToList();
        return (
            null,
            ofPlace.Count > 0
                ? new PasswordLimited(IsOfPlace: true, ofPlace.Max(refusal => refusal.Until))
                : new PasswordLimited(
                    IsOfPlace: false,
                    result.Refusals.Max(refusal => refusal.Until)
                )
        );
    }

    /// <summary>It was right: it does not count, and the wrong ones in a row before it bring no wait any more.</summary>
    public async Task AcceptAsync(PasswordReservation reservation)
    {
        foreach (var use in reservation.Uses)
        {
            await ledger.ReturnAsync(use);
        }

        var own = reservation.Own;
        await ledger.AnswerAsync(own.Rule, own.KeyHash);
    }

    /// <summary>Writes a use once more as it stands.</summary>
    public Task RewriteAsync(PasswordReservation reservation) =>
        ledger.RewriteAsync(reservation.Own);

    /// <summary>Counts one for a client's address and network, if there is room.</summary>
    /// <inheritdoc cref="FindPlaceLimitAsync"/>
    public async Task CountPlaceAsync(string? address, string? network) =>
        await ledger.TryChargeAsync([.. ChargesOf(address, network)], []);

    /// <summary>What a client's address or network has used up; null if there is room. Counts nothing.</summary>
    /// <param name="address">Where from; null if nobody knows.</param>
    /// <param name="network">The network of <paramref name="address"/>.</param>
    public async Task<PasswordLimited?> FindPlaceLimitAsync(string? address, string? network) =>
        await ledger.FindRefusalAsync([.. ChargesOf(address, network)], []) is { } refusal
            ? new PasswordLimited(IsOfPlace: true, refusal.Until)
            : null;

    /// <returns>How many were wrong in a row with this one, and whether the waits begin with it or are under way.</returns>
    public async Task<PasswordFailures> CountAsync(PasswordReservation reservation)
    {
        var inARow = await ledger.CountUnansweredAsync(reservation.Own);
        return new PasswordFailures(inARow, options.WrongPasswords);
    }

    /// <summary>What an operator or a new password forgives: all that was counted by the name.</summary>
    /// <param name="name">As accounts are found by it.</param>
    /// <returns>How many wrong ones there were.</returns>
    public Task<int> ForgetAsync(string name) =>
        ledger.ReturnAllAsync([LimitRule.AccountPasswords], KeyOf(name));

    /// <summary>What is counted by a name, for browsers that the account does not know.</summary>
    public async Task<(int InARow, DateTimeOffset? LockedUntil)> ReadAsync(string name)
    {
        var charge = ChargeOf(name, browser: null);
        var refusal = await ledger.FindRefusalAsync([charge], []);
        return (await ledger.CountUnansweredAsync(charge.Rule, charge.KeyHash), refusal?.Until);
    }

    private LimitCharge ChargeOf(string name, string? browser) =>
        new(
            browser is null ? LimitRule.AccountPasswords : LimitRule.BrowserPasswords,
            browser is null ? KeyOf(name) : keyedHash.Compute("limit browser", browser),
            [new(options.WrongPasswordsPerDay, Day)]
        )
        {
            Waits = Waits(),
        };

    private byte[] KeyOf(string name) => keyedHash.Compute("limit name", name);

    private IEnumerable<LimitCharge> ChargesOf(string? address, string? network)
    {
        if (address is not null)
        {
            yield return new LimitCharge(
                LimitRule.AddressPasswords,
                keyedHash.Compute("limit address", address),
                [
                    new(options.WrongPasswordsPerAddressAndMinute, Minute),
                    new(options.WrongPasswordsPerAddressAndHour, Hour),
                ]
            );
        }

        if (network is not null)
        {
            yield return new LimitCharge(
                LimitRule.NetworkPasswords,
                keyedHash.Compute("limit network", network),
                [new(options.WrongPasswordsPerNetworkAndHour, Hour)]
            );
        }
    }

    private List<TimeSpan> Waits()
    {
        List<TimeSpan> waits = [.. Enumerable.Repeat(TimeSpan.Zero, options.WrongPasswords - 1)];
        for (var wait = options.FirstLock; wait < options.LongestLock; wait *= 2)
        {
            waits.Add(wait);
        }

        waits.Add(options.LongestLock);
        return waits;
    }
}
