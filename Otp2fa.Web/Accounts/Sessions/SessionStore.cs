using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>The rows behind signed-in browsers.</summary>
internal sealed class SessionStore(
    Otp2faDbContext db,
    SecurityHistory history,
    IRequestOrigin origin,
    TimeProvider time,
    ILookupNormalizer normalizer,
    IOptions<AccountsOptions> options
)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>A session that may be used, and what its account looks like now.</summary>
    /// <param name="Session">Its row.</param>
    /// <param name="SecurityStamp">Of the account.</param>
    /// <param name="TwoFactorEnabled">The account has 2FA on.</param>
    /// <param name="IsRemembered">The remembered browser that it was signed in by is one still.</param>
    /// <param name="NeedsTwoFactor">The account must have 2FA on.</param>
    public sealed record LiveSession(
        UserSession Session,
        string? SecurityStamp,
        bool TwoFactorEnabled,
        bool IsRemembered,
        bool NeedsTwoFactor
    );

    /// <summary>Opens a session in place of the one this browser had before, and writes the sign-in into the history.</summary>
    /// <returns>The key for the cookie, base64url; only its hash is stored.</returns>
    public async Task<string> StartAsync(string userId, SessionProofs proofs, UserSession? before)
    {
        var (key, hash) = RandomKey.Draw();
        var now = time.GetUtcNow();
        await using var transaction = await db.JoinTransactionAsync(userId);
        await db.InsertAsync(
            new UserSession
            {
                KeyHash = hash,
                UserId = userId,
                CreatedUtc = now,
                ExpiresUtc = now + options.Value.SessionLifetime,
                LastSeenUtc = now,
                Browser = origin.Browser ?? BrowserNames.Unknown,
                MultiFactor = proofs.MultiFactor,
                RememberedBrowserId = proofs.RememberedBrowserId,
                PasswordUtc = proofs.PasswordUtc,
                FactorUtc = proofs.FactorUtc,
            }
        );
        if (before is not null)
        {
            await EndAsync(before);
        }

        if (proofs.RememberedBrowserId is { } browser)
        {
            await db
                .RememberedBrowsers.Where(b => b.Id == browser && b.UserId == userId)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.LastUsedUtc, now));
        }

        await history.AddAsync(userId, SecurityEventKind.SignedIn, proofs.Factor);
        await transaction.CommitAsync();
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
        await using var transaction = await db.JoinTransactionAsync(session.UserId);
        var renewed = await db
            .Sessions.Where(s => s.Id == session.Id && s.KeyHash == session.KeyHash)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(s => s.KeyHash, hash)
                    .SetProperty(s => s.MultiFactor, proofs.MultiFactor)
                    .SetProperty(s => s.PasswordUtc, proofs.PasswordUtc)
                    .SetProperty(s => s.FactorUtc, proofs.FactorUtc)
            );
        if (renewed == 1 && proofs.Factor is { } factor)
        {
            await history.AddAsync(session.UserId, SecurityEventKind.SteppedUp, factor);
        }

        await transaction.CommitAsync();
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
        EndAsync(
            userId,
            db.Sessions.Where(s => s.UserId == userId && s.Id == id),
            SecurityEventKind.SessionsEnded
        );

    /// <summary>Ends all of a person's sessions but one.</summary>
    public Task<int> EndOthersAsync(UserSession kept) =>
        EndAsync(
            kept.UserId,
            db.Sessions.Where(s => s.UserId == kept.UserId && s.Id != kept.Id),
            SecurityEventKind.SessionsEnded
        );

    /// <summary>An operator ends all sessions of a person.</summary>
    public Task<int> EndAllAsync(string userId) =>
        EndAsync(
            userId,
            db.Sessions.Where(s => s.UserId == userId),
            SecurityEventKind.OperatorEndedSessions
        );

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
        var remembers = options.Value.RememberBrowser > TimeSpan.Zero;
        var everybody = options.Value.TwoFactorRequired == TwoFactorRequirement.Everybody;
        var role = normalizer.NormalizeName(options.Value.TwoFactorRequiredRole);
        return await db
            .Sessions.AsNoTracking()
            .Where(s => s.KeyHash == hash && s.ExpiresUtc > now && s.LastSeenUtc > idleSince)
            .Join(
                db.Users,
                session => session.UserId,
                user => user.Id,
                (session, user) =>
                    new LiveSession(
                        session,
                        user.SecurityStamp,
                        user.TwoFactorEnabled,
                        remembers
                            && db.RememberedBrowsers.Any(b =>
                                b.Id == session.RememberedBrowserId
                                && b.UserId == user.Id
                                && b.ExpiresUtc > now
                            ),
                        everybody
                            || role != null
                                && db.UserRoles.Any(member =>
                                    member.UserId == user.Id
                                    && db.Roles.Any(r =>
                                        r.Id == member.RoleId && r.NormalizedName == role
                                    )
                                )
                    )
            )
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<int> EndAsync(
        string userId,
        IQueryable<UserSession> sessions,
        SecurityEventKind kind
    )
    {
        await using var transaction = await db.JoinTransactionAsync(userId);
        var ended = await sessions.ExecuteDeleteAsync();
        if (ended > 0)
        {
            await history.AddAsync(userId, kind);
        }

        await transaction.CommitAsync();
        return ended;
    }
}
