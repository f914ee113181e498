using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.Accounts;

/// <summary>Typed passwords of the request under way against their limits, and in the account's history.</summary>
internal sealed class PasswordAttempts(
    PasswordBudget budget,
    DeviceCookie device,
    IRequestOrigin origin,
    Otp2faDbContext db,
    SecurityHistory history
)
{
    /// <inheritdoc cref="PasswordBudget.LongestWait"/>
    public TimeSpan LongestWait => budget.LongestWait;

    /// <summary>
    /// Why no password from this client is checked now, whatever the account; null if one is. A browser that the account
    /// knows is not concerned: strangers who share its address must not keep it out.
    /// </summary>
    public async Task<PasswordLimited?> FindPlaceLimitAsync(ApplicationUser? user) =>
        BrowserOf(user) is null
            ? await budget.FindPlaceLimitAsync(origin.Address, origin.Network)
            : null;

    /// <param name="name">As accounts are found by it.</param>
    /// <param name="user">Null if there is none.</param>
    public Task<(PasswordReservation? Reservation, PasswordLimited? Limited)> TryBeginAsync(
        string name,
        ApplicationUser? user
    ) => budget.TryReserveAsync(name, BrowserOf(user), origin.Address, origin.Network);

    /// <summary>One that was refused by the name's own limit counts for the client's address and network.</summary>
    /// <returns>False for a browser that the account knows, which is counted by itself.</returns>
    public async Task<bool> CountRefusedAsync(ApplicationUser? user)
    {
        if (BrowserOf(user) is not null)
        {
            return false;
        }

        await budget.CountPlaceAsync(origin.Address, origin.Network);
        return true;
    }

    private string? BrowserOf(ApplicationUser? user) => user is null ? null : device.NameFor(user);

    public Task AcceptAsync(PasswordReservation attempt) => budget.AcceptAsync(attempt);

    /// <summary>Leaves it counted, and writes it down for the owner.</summary>
    /// <param name="user">Null if there is none.</param>
    /// <param name="attempt">Which.</param>
    public async Task<PasswordFailures> RecordWrongAsync(
        ApplicationUser? user,
        PasswordReservation attempt
    )
    {
        var failures = await budget.CountAsync(attempt);
        if (user is null)
        {
            // As much as is written for an account, or the time would tell that there is none (F12).
            await budget.RewriteAsync(attempt);
            return failures;
        }

        await using var transaction = await db.JoinTransactionAsync(user.Id);
        await history.AddAsync(user.Id, SecurityEventKind.WrongPassword, Factor.Password);
        if (failures.BeginsLock)
        {
            await history.AddAsync(user.Id, SecurityEventKind.AccountLocked);
        }

        await transaction.CommitAsync();
        return failures;
    }

    public Task<int> ForgetAsync(ApplicationUser user) =>
        budget.ForgetAsync(user.NormalizedUserName!);

    /// <inheritdoc cref="PasswordBudget.ReadAsync"/>
    public Task<(int InARow, DateTimeOffset? LockedUntil)> ReadAsync(ApplicationUser user) =>
        budget.ReadAsync(user.NormalizedUserName!);
}
