namespace Otp2fa.Web.Data;

/// <summary>Writes an account's security history, always inside the transaction of what is recorded.</summary>
internal sealed class SecurityHistory(Otp2faDbContext db, IRequestOrigin origin, TimeProvider time)
{
    /// <summary>Longer reasons are cut.</summary>
    public const int LongestDetail = 200;

    /// <exception cref="InvalidOperationException">No transaction is under way: see <see cref="Transactions.JoinTransactionAsync"/>.</exception>
    public async Task AddAsync(
        string userId,
        SecurityEventKind kind,
        Factor? factor = null,
        string? detail = null
    )
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException(
                $"{kind} is recorded in the transaction of what happened, or not at all."
            );
        }

        await db.InsertAsync(
            new SecurityEvent
            {
                UserId = userId,
                AtUtc = time.GetUtcNow(),
                Kind = kind,
                Factor = factor,
                Detail = detail?.Length > LongestDetail ? detail[..LongestDetail] : detail,
                Browser = origin.Browser,
                Network = origin.Network,
            }
        );
    }
}
