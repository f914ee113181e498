using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Otp2fa.Web.Tests.Support;

/// <summary>
/// Holds a kind of statement back until as many as expected have come, in however many instances: whatever was read
/// before them was read before the first of them wrote.
/// </summary>
/// <param name="parts">What such a statement holds.</param>
internal sealed class StatementsThatMeet(params string[] parts) : DbCommandInterceptor
{
    // For those that are refused before they come here.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource met = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private int missing;

    public void Expect(int count) => Volatile.Write(ref missing, count);

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        if (
            Volatile.Read(ref missing) > 0
            && parts.All(part => command.CommandText.Contains(part, StringComparison.Ordinal))
        )
        {
            if (Interlocked.Decrement(ref missing) == 0)
            {
                met.SetResult();
            }

            await Task.WhenAny(
                met.Task,
                Task.Delay(Patience, TimeProvider.System, CancellationToken.None)
            );
        }

        return result;
    }
}
