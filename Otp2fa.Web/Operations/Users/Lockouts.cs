using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Operations.Users;

/// <summary>Ends the lockout of an account before its time.</summary>
internal sealed class Lockouts(
    Otp2faDbContext db,
    PasswordAttempts attempts,
    SecurityHistory history,
    TimeProvider time
)
{
    /// <summary>A lock that somebody set, and what is counted of wrong passwords.</summary>
    /// <returns>False if there was neither; then nothing was done.</returns>
    public async Task<bool> EndAsync(ApplicationUser user)
    {
        var (now, version) = (time.GetUtcNow(), Guid.NewGuid().ToString());
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var ended = await db
            .Users.Where(u => u.Id == user.Id && u.LockoutEnd > now)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null)
                    .SetProperty(u => u.ConcurrencyStamp, version)
            );
        var forgiven = await attempts.ForgetAsync(user);
        if (ended + forgiven > 0)
        {
            await history.AddAsync(user.Id, SecurityEventKind.OperatorUnlocked);
        }

        await transaction.CommitAsync();
        return ended + forgiven > 0;
    }
}
