using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>The rows behind signed-in browsers.</summary>
internal sealed class SessionStore(
    Otp2faDbContext db,
    IHttpContextAccessor contexts,
    TimeProvider time,
    IOptions<AccountsOptions> options
)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>A session that may be used, and what its account looks like now.</summary>
    public sealed record LiveSession(
        UserSession Session,
        string? SecurityStamp,
        bool TwoFactorEnabled
    );

    /// <returns>The key for the cookie, base64url; only its hash is stored.</returns>
    public async Task<string> StartAsync(string userId, SessionProofs proofs)
    {
        var (key, hash) = RandomKey.Draw();
        var now = time.GetUtcNow();
        await db.InsertAsync(
            new UserSession
            {
                KeyHash = hash,
                UserId = userId,
                CreatedUtc = now,
                ExpiresUtc = now + options.Value.SessionLifetime,
                LastSeenUtc = now,
                Browser = BrowserNames.Of(contexts.HttpContext?.Request.Headers.UserAgent),
                MultiFactor = proofs.MultiFactor,
                PasswordUtc = proofs.PasswordUtc,
                FactorUtc = proofs.FactorUtc,
            }
        );
        return key;
    }

    /// <summary>
    /// Gives a session a new key and writes down what was given in it: one conditional UPDATE on the key the request came
    /// with (ASVS 7.2.4). A session that was ended, or renewed by another request, stays as it is.
    /// </summary>
    /// <returns>The new key, or null if the session is not there under the old one any more.</returns>
    public async Task<string?> RenewAsync(UserSession session, SessionProofs proofs)
    {
        var (key, hash) = RandomKey.Draw();
        var renewed = await db
            .Sessions.Where(s => s.Id == session.Id && s.KeyHash == session.KeyHash)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(s => s.KeyHash, hash)
                    .SetProperty(s => s.MultiFactor, proofs.MultiFactor)
                    .SetProperty(s => s.PasswordUtc, proofs.PasswordUtc)
                    .SetProperty(s => s.FactorUtc, proofs.FactorUtc)
            );
        return renewed == 1 ? key : null;
    }

    /// <summary>Writes down that the password was typed again, under the key the request came with.</summary>
    /// <returns>False if the session is not there under that key any more.</returns>
    public async Task<bool> NotePasswordAsync(UserSession session)
    {
        var now = time.GetUtcNow();
        return await db
                .Sessions.Where(s => s.Id == session.Id && s.KeyHash == session.KeyHash)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.PasswordUtc, now)) == 1;
    }

    /// <summary>Notes that the session is in use; once a minute is enough, and spares every request a write.</summary>
    public Task<int> NoteSeenAsync(UserSession session)
    {
        var now = time.GetUtcNow();
        return now - session.LastSeenUtc < Minute
            ? Task.FromResult(0)
            : db
                .Sessions.Where(s => s.Id == session.Id && s.LastSeenUtc < now)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenUtc, now));
    }

    /// <summary>The browsers in which a person is signed in, the last used first.</summary>
    public Task<List<UserSession>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var idleSince = now - options.Value.SessionIdle;
        return db
            .Sessions.AsNoTracking()
            .Where(s => s.UserId == userId && s.ExpiresUtc > now && s.LastSeenUtc > idleSince)
            .OrderByDescending(s => s.LastSeenUtc)
            .ThenByDescending(s => s.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Ends one of a person's sessions; another person's stays.</summary>
    public Task<int> EndAsync(string userId, long id) =>
        db.Sessions.Where(s => s.UserId == userId && s.Id == id).ExecuteDeleteAsync();

    /// <summary>Ends all of a person's sessions but one.</summary>
    public Task<int> EndOthersAsync(UserSession kept) =>
        db.Sessions.Where(s => s.UserId == kept.UserId && s.Id != kept.Id).ExecuteDeleteAsync();

    /// <summary>Ends a session whatever key it has by now.</summary>
    public Task<int> EndAsync(UserSession session) =>
        db.Sessions.Where(s => s.Id == session.Id).ExecuteDeleteAsync();

    /// <summary>Null if there is no such session or its time is over.</summary>
    public async Task<LiveSession?> FindAsync(string? key, CancellationToken cancellationToken)
    {
        if (RandomKey.HashOf(key) is not { } hash)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var idleSince = now - options.Value.SessionIdle;
        return await db
            .Sessions.AsNoTracking()
            .Where(s => s.KeyHash == hash && s.ExpiresUtc > now && s.LastSeenUtc > idleSince)
            .Join(
                db.Users,
                session => session.UserId,
                user => user.Id,
                (session, user) =>
                    new LiveSession(session, user.SecurityStamp, user.TwoFactorEnabled)
            )
            .FirstOrDefaultAsync(cancellationToken);
    }
}
