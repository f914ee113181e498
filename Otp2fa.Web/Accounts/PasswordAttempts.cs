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

    /// <param name="name">As accounts are found by it.</param>
    /// <param name="user">Null if there is none.</param>
    public Task<(PasswordReservation? Reservation, PasswordLimited? Limited)> TryBeginAsync(
        string name,
        ApplicationUser? user
    ) =>
        budget.TryReserveAsync(
            name,
            user is null ? null : device.NameFor(user),
            origin.Address,
            origin.Network
        );

    public Task AcceptAsync(PasswordReservation attempt) => budget.AcceptAsync(attempt);

    /// <summary>It was not checked after all.</summary>
    public Task ReturnAsync(PasswordReservation attempt) => budget.ReturnAsync(attempt);

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
