using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <param name="Id">Names it in a form; worth nothing without the account it belongs to.</param>
/// <param name="Browser">What it calls itself.</param>
/// <param name="CreatedUtc">When it was remembered.</param>
/// <param name="LastUsedUtc">The last sign-in that it spared a code.</param>
/// <param name="ExpiresUtc">When it is forgotten by itself.</param>
/// <param name="IsThis">It is the one that asks.</param>
public sealed record KnownBrowser(
    long Id,
    string Browser,
    DateTimeOffset CreatedUtc,
    DateTimeOffset LastUsedUtc,
    DateTimeOffset ExpiresUtc,
    bool IsThis
);

/// <summary>
/// Browsers in which a person is not asked for a second factor for a while. The row decides, not the cookie, at every
/// sign-in (F10, threat T13); it ends with the security stamp, and stands in for no factor of a step-up.
/// </summary>
internal sealed class RememberedBrowsers(
    Otp2faDbContext db,
    SecurityHistory history,
    IHttpContextAccessor contexts,
    IOptions<CookieSettings> cookies,
    IOptions<AccountsOptions> options,
    TimeProvider time
)
{
    public bool IsOffered => options.Value.RememberBrowser > TimeSpan.Zero;

    private HttpContext Context =>
        contexts.HttpContext
        ?? throw new InvalidOperationException("Browsers are remembered in a request.");

    private string CookieName => cookies.Value.NameOf(CookieNames.RememberedBrowser);

    /// <summary>Whether this browser is remembered for the account as it is now.</summary>
    /// <returns>The row's id; null if it is not.</returns>
    public async Task<long?> FindAsync(ApplicationUser user) =>
        IsOffered && RandomKey.HashOf(Context.Request.Cookies[CookieName]) is { } hash
            ? await Live(user)
                .Where(b => b.KeyHash == hash)
                .Select(b => (long?)b.Id)
                .FirstOrDefaultAsync()
            : null;

    /// <summary>
    /// Remembers this browser under a new key: one that it came with may have been planted. What others had remembered in it
    /// goes over to the new key.
    /// </summary>
    public async Task RememberAsync(ApplicationUser user)
    {
        if (!IsOffered)
        {
            return;
        }

        var now = time.GetUtcNow();
        var (key, hash) = RandomKey.Draw();
        var row = new RememberedBrowser
        {
            UserId = user.Id,
            KeyHash = hash,
            StampHash = user.HashStamp(),
            Browser = BrowserNames.Of(Context.Request.Headers.UserAgent),
            CreatedUtc = now,
            LastUsedUtc = now,
            ExpiresUtc = now + options.Value.RememberBrowser,
        };
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        if (RandomKey.HashOf(Context.Request.Cookies[CookieName]) is { } before)
        {
            await db
                .RememberedBrowsers.Where(b => b.KeyHash == before && b.UserId == user.Id)
                .ExecuteDeleteAsync();
            await db
                .RememberedBrowsers.Where(b => b.KeyHash == before)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.KeyHash, hash));
        }

        await db.InsertAsync(row);
        await history.AddAsync(user.Id, SecurityEventKind.BrowserRemembered);
        await transaction.CommitAsync();

        var cookie = new CookieBuilder();
        cookies.Value.Apply(cookie, CookieNames.RememberedBrowser, SameSiteMode.Strict);
        cookie.Expiration = options.Value.RememberBrowser;
        Context.Response.Cookies.Append(CookieName, key, cookie.Build(Context, now));
    }

    /// <summary>The browsers that are remembered for a person, the last used first.</summary>
    public async Task<IReadOnlyList<KnownBrowser>> ListAsync(
        ApplicationUser user,
        CancellationToken cancellationToken
    )
    {
        if (!IsOffered)
        {
            return [];
        }

        var mine = RandomKey.HashOf(Context.Request.Cookies[CookieName]) ?? [];
        return await Live(user)
            .OrderByDescending(b => b.LastUsedUtc)
            .ThenByDescending(b => b.Id)
            .Select(b => new KnownBrowser(
                b.Id,
                b.Browser,
                b.CreatedUtc,
                b.LastUsedUtc,
                b.ExpiresUtc,
                b.KeyHash == mine
            ))
            .ToListAsync(cancellationToken);
    }

    /// <summary>How many browsers are remembered for a person; no request is needed to ask.</summary>
    public Task<int> CountAsync(ApplicationUser user, CancellationToken cancellationToken) =>
        Live(user).CountAsync(cancellationToken);

    /// <summary>Forgets one of the person's browsers, or all of them. What is signed in only by its grace ends at once.</summary>
    /// <param name="user">Whose they are; whatever else the id may name stays.</param>
    /// <param name="id">Null for all.</param>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetAsync(ApplicationUser user, long? id)
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var forgotten = await db
            .RememberedBrowsers.Where(b => b.UserId == user.Id && (id == null || b.Id == id))
            .ExecuteDeleteAsync();
        // What is signed in by the grace of one that is not remembered any more.
        await db
            .Sessions.Where(s =>
                s.UserId == user.Id
                && !s.MultiFactor
                && s.RememberedBrowserId != null
                && (id == null || s.RememberedBrowserId == id)
            )
            .ExecuteDeleteAsync();
        if (forgotten > 0)
        {
            await history.AddAsync(user.Id, SecurityEventKind.BrowsersForgotten);
        }

        await transaction.CommitAsync();
        return forgotten;
    }

    /// <summary>Forgets the browser that asks, whoever had it remembered.</summary>
    public async Task ForgetThisAsync()
    {
        if (RandomKey.HashOf(Context.Request.Cookies[CookieName]) is { } hash)
        {
            await db.RememberedBrowsers.Where(b => b.KeyHash == hash).ExecuteDeleteAsync();
        }
    }

    private IQueryable<RememberedBrowser> Live(ApplicationUser user)
    {
        var (now, stamp) = (time.GetUtcNow(), user.HashStamp());
        return db.RememberedBrowsers.Where(b =>
            b.UserId == user.Id && b.StampHash == stamp && b.ExpiresUtc > now
        );
    }
}
