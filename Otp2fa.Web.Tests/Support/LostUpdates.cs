using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Otp2fa.Web.Tests.Support;

/// <summary>Lets a kind of conditional UPDATE find nothing, as if another had been faster each time.</summary>
/// <param name="parts">What such a statement holds.</param>
internal sealed class LostUpdates(params string[] parts) : DbCommandInterceptor
{
    private int left;

    /// <summary>How many of the next ones are lost.</summary>
    public void Expect(int count) => Volatile.Write(ref left, count);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    ) =>
        ValueTask.FromResult(
            parts.All(part => command.CommandText.Contains(part, StringComparison.Ordinal))
            && Interlocked.Decrement(ref left) >= 0
                ? InterceptionResult<int>.SuppressWithResult(0)
                : result
        );
}
