using System.Linq.Expressions;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// A change of what opens an account: one conditional UPDATE on the security stamp the account was loaded with, which
/// rotates it. Every other session, every code and every link that is on its way, and every remembered browser end with it
/// (threats T05, T13, T14). What is signed in afterwards is the stamp written here, never one that somebody else wrote since.
/// The entry in the history is of the same transaction.
/// </summary>
internal sealed class StampedChange(
    Otp2faDbContext db,
    SecurityHistory history,
    RecoveryCodes recoveryCodes,
    CurrentSession session
)
{
    /// <param name="user">As loaded in this request; its stamps are the new ones afterwards.</param>
    /// <param name="condition">What else must hold of the row.</param>
    /// <param name="change">What is written.</param>
    /// <param name="events">What happened; the owner is told the last, which says most.</param>
    /// <param name="factor">With which factor.</param>
    /// <param name="detail">What else there is to say.</param>
    /// <param name="keepsSession">Whether the session that asks for it goes on.</param>
    /// <returns>The last entry; null if nothing was done, because something else changed the account meanwhile.</returns>
    public async Task<SecurityEvent?> MakeAsync(
        ApplicationUser user,
        Expression<Func<ApplicationUser, bool>> condition,
        Action<UpdateSettersBuilder<ApplicationUser>> change,
        IReadOnlyList<SecurityEventKind> events,
        Factor? factor = null,
        string? detail = null,
        bool keepsSession = true
    )
    {
        var (stamp, version) = (NewStamp(), NewStamp());
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var changed = await db
            .Users.Where(u => u.Id == user.Id && u.SecurityStamp == user.SecurityStamp)
            .Where(condition)
            .ExecuteUpdateAsync(set =>
            {
                change(set);
                set.SetProperty(u => u.SecurityStamp, stamp)
                    .SetProperty(u => u.ConcurrencyStamp, version);
            });
        if (changed == 0)
        {
            return null;
        }

        if (events.Contains(SecurityEventKind.TwoFactorTurnedOff))
        {
            // They belong to a second factor that is not asked for any more.
            await recoveryCodes.RemoveAsync(user);
        }

        var kept = keepsSession ? session.Row?.Id : null;
        await db.Sessions.Where(s => s.UserId == user.Id && s.Id != kept).ExecuteDeleteAsync();
        await db.RememberedBrowsers.Where(b => b.UserId == user.Id).ExecuteDeleteAsync();
        SecurityEvent? last = null;
        foreach (var kind in events)
        {
            last = await history.AddAsync(
                user.Id,
                kind,
                factor,
                detail,
                isTold: kind == events[^1]
            );
        }

        await transaction.CommitAsync();
        db.Entry(user).State = EntityState.Detached;
        (user.SecurityStamp, user.ConcurrencyStamp) = (stamp, version);
        return last;
    }

    /// <inheritdoc cref="MakeAsync"/>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> TryAsync(
        ApplicationUser user,
        Expression<Func<ApplicationUser, bool>> condition,
        Action<UpdateSettersBuilder<ApplicationUser>> change,
        IReadOnlyList<SecurityEventKind> events,
        Factor? factor = null,
        string? detail = null
    ) => await MakeAsync(user, condition, change, events, factor, detail) is not null;

    /// <summary>A security stamp that was never used.</summary>
    public static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
}
