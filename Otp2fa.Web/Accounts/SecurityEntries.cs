using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <param name="Id">Where the next page goes on.</param>
/// <param name="AtUtc">When it happened.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Factor">With which factor.</param>
/// <param name="Detail">What else there is to say.</param>
/// <param name="Browser">In which browser; null if in none.</param>
/// <param name="Network">From which network; null if not known.</param>
public sealed record SecurityEntry(
    long Id,
    DateTimeOffset AtUtc,
    SecurityEventKind Kind,
    Factor? Factor,
    string? Detail,
    string? Browser,
    string? Network
);

/// <param name="Entries">The newest first.</param>
/// <param name="Next">Where the next page goes on; null at the end.</param>
public sealed record SecurityEntryPage(IReadOnlyList<SecurityEntry> Entries, long? Next);

/// <summary>Reads a person's own security history.</summary>
internal sealed class SecurityEntries(
    Otp2faDbContext db,
    IOptions<AccountsOptions> options,
    TimeProvider time
)
{
    public const int PageSize = 20;

    /// <param name="user">Whose history.</param>
    /// <param name="before">Entries older than this one; null for the newest.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<SecurityEntryPage> ListAsync(
        ApplicationUser user,
        long? before,
        CancellationToken cancellationToken
    )
    {
        // One more than is shown tells whether there is another page.
        var entries = await Of(user)
            .Where(e => before == null || e.Id < before)
            .OrderByDescending(e => e.Id)
            .Take(PageSize + 1)
            .Select(ToEntry)
            .ToListAsync(cancellationToken);
        return entries.Count > PageSize
            ? new SecurityEntryPage(entries[..PageSize], entries[PageSize - 1].Id)
            : new SecurityEntryPage(entries, Next: null);
    }

    /// <summary>The operator's word that took the second factor away, if nothing was set up since.</summary>
    public Task<SecurityEntry?> FindResetAsync(
        ApplicationUser user,
        CancellationToken cancellationToken
    ) =>
        Of(user)
            .Where(e => e.Kind == SecurityEventKind.OperatorReset)
            .Where(e =>
                !db.SecurityEvents.Any(later =>
                    later.UserId == e.UserId
                    && later.Id > e.Id
                    && later.Kind == SecurityEventKind.TwoFactorTurnedOn
                )
            )
            .OrderByDescending(e => e.Id)
            .Select(ToEntry)
            .FirstOrDefaultAsync(cancellationToken);

    private static Expression<Func<SecurityEvent, SecurityEntry>> ToEntry =>
        e => new SecurityEntry(e.Id, e.AtUtc, e.Kind, e.Factor, e.Detail, e.Browser, e.Network);

    private IQueryable<SecurityEvent> Of(ApplicationUser user)
    {
        var since = time.GetUtcNow() - options.Value.HistoryLifetime;
        return db.SecurityEvents.AsNoTracking().Where(e => e.UserId == user.Id && e.AtUtc > since);
    }
}
