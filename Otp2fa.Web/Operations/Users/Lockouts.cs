using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Operations.Users;

/// <summary>Ends the lockout of an account before its time.</summary>
internal sealed class Lockouts(Otp2faDbContext db, SecurityHistory history, TimeProvider time)
{
    /// <summary>
    /// One statement for lockout and counter. The row gets a new version with it: a wrong password that was being counted on
    /// the old one must not write the lockout back.
    /// </summary>
    /// <returns>False if there was neither a lockout nor a wrong password; then nothing was done.</returns>
    public async Task<bool> EndAsync(ApplicationUser user)
    {
        var (now, version) = (time.GetUtcNow(), Guid.NewGuid().ToString());
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var ended = await db
            .Users.Where(u => u.Id == user.Id && (u.LockoutEnd > now || u.AccessFailedCount > 0))
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null)
                    .SetProperty(u => u.AccessFailedCount, 0)
                    .SetProperty(u => u.ConcurrencyStamp, version)
            );
        if (ended == 1)
        {
            await history.AddAsync(user.Id, SecurityEventKind.OperatorUnlocked);
        }

        await transaction.CommitAsync();
        return ended == 1;
    }
}
