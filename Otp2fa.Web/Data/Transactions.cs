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
    public static async Task<JoinedTransaction> JoinTransactionAsync(this Otp2faDbContext db) =>
        new(
            db.Database.CurrentTransaction is null
                ? await db.Database.BeginTransactionAsync()
                : null
        );
}
