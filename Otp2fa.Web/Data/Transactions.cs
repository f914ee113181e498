using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Otp2fa.Web.Data;

/// <summary>
/// Statements that hold together or not at all. A step that needs a transaction joins the one of its caller, if there is one,
/// whose commit then decides.
/// </summary>
internal sealed class JoinedTransaction(IDbContextTransaction? own) : IAsyncDisposable
{
    /// <summary>Commits, unless the transaction is the caller's.</summary>
    public Task CommitAsync() => own?.CommitAsync() ?? Task.CompletedTask;

    /// <summary>Rolls back what was not committed, unless the transaction is the caller's.</summary>
    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;
}

internal static class Transactions
{
    /// <summary>
    /// Begins a transaction that writes rows of an account, or joins the one under way. The account's own row is taken first,
    /// always: its rows are in several tables, and two requests that took them in another order would wait for each other
    /// for good (SQL Server ends one of them with error 1205; SQLite has one lock anyway).
    /// </summary>
    public static async Task<JoinedTransaction> JoinTransactionAsync(
        this Otp2faDbContext db,
        string userId
    )
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return new JoinedTransaction(own: null);
        }

        var own = await db.Database.BeginTransactionAsync();
        // Changes nothing, and holds the row until the end.
        await db
            .Users.Where(u => u.Id == userId)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.WrongCodesInARow, u => u.WrongCodesInARow)
            );
        return new JoinedTransaction(own);
    }
}
