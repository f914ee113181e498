namespace Otp2fa.Web.Data;

/// <summary>
/// Writes an account's security history, always inside the transaction of what is recorded; and so its owner is told.
/// </summary>
internal sealed class SecurityHistory(
    Otp2faDbContext db,
    IRequestOrigin origin,
    INotices notices,
    IAuditTrail audit,
    TimeProvider time
)
{
    /// <summary>Longer reasons are cut.</summary>
    public const int LongestDetail = 200;

    /// <exception cref="InvalidOperationException">No transaction is under way: see <see cref="Transactions.JoinTransactionAsync"/>.</exception>
    /// <param name="userId">Whose.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="factor">With which factor.</param>
    /// <param name="detail">What else there is to say.</param>
    /// <param name="isTold">False for what is told by another entry of the same transaction.</param>
    /// <param name="purpose">What for, in the audit log.</param>
    /// <returns>The entry.</returns>
    public async Task<SecurityEvent> AddAsync(
        string userId,
        SecurityEventKind kind,
        Factor? factor = null,
        string? detail = null,
        bool isTold = true,
        string? purpose = null
    )
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException(
                $"{kind} is recorded in the transaction of what happened, or not at all."
            );
        }

        var happened = new SecurityEvent
        {
            UserId = userId,
            AtUtc = time.GetUtcNow(),
            Kind = kind,
            Factor = factor,
            Detail = detail?.Length > LongestDetail ? detail[..LongestDetail] : detail,
            Browser = origin.Browser,
            Network = origin.Network,
        };
        await db.InsertAsync(happened);
        audit.Record(AuditKinds.Of(kind), userId, factor, purpose);
        if (isTold)
        {
            await notices.TellAsync(happened);
        }

        return happened;
    }
}
