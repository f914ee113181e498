using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Otp2fa.Web.Tests.Support;

/// <summary>Notes which statement each transaction began with, and which tables it wrote after that.</summary>
internal sealed class TransactionOpenings : DbCommandInterceptor
{
    private readonly ConditionalWeakTable<DbTransaction, string> first = [];
    private readonly ConcurrentQueue<(string First, string Later)> seen = new();

    /// <summary>The opening of a transaction, and a statement in it.</summary>
    public IReadOnlyCollection<(string First, string Later)> Seen => seen;

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        Note(command);
        return ValueTask.FromResult(result);
    }

    private void Note(DbCommand command)
    {
        if (command.Transaction is { } transaction)
        {
            var opening = first.GetValue(transaction, _ => command.CommandText);
            seen.Enqueue((opening, command.CommandText));
        }
    }
}
