using System.Data.Common;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Pending;

/// <summary>
/// Keeps the tickets of one pending scheme in the database. The browser holds an opaque 256-bit key inside the protected
/// cookie; the table holds its SHA-256 and the protected ticket, so that neither a stolen cookie jar nor a read of the
/// database alone yields a pinId. Writes are not cancelled with the browser: the code they belong to is sent or used.
/// </summary>
internal sealed class PendingTicketStore : ITicketStore
{
    // As long as the answer to the request that has it can take.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    private static readonly byte[] Nothing = [];

    private readonly string scheme;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly IDataProtector protector;

    public PendingTicketStore(
        string scheme,
        IDataProtectionProvider dataProtection,
        TimeProvider time,
        ILogger<PendingTicketStore> logger
    )
    {
        this.scheme = scheme;
        this.time = time;
        this.logger = logger;
        protector = dataProtection.CreateProtector("Otp2fa.PendingTicket", scheme);
    }

    public async Task<string> StoreAsync(
        AuthenticationTicket ticket,
        HttpContext httpContext,
        CancellationToken cancellationToken
    )
    {
        var (key, hash) = RandomKey.Draw();
        var row = new PendingTicket
        {
            KeyHash = hash,
            Scheme = scheme,
            UserId = UserIdOf(ticket.Principal),
            Payload = Protect(ticket),
            ExpiresUtc =
                ticket.Properties.ExpiresUtc
                ?? throw new InvalidOperationException(
                    "A pending ticket must have an absolute end."
                ),
        };
        if (scheme == AccountSchemes.PendingSignIn && row.UserId is { } userId)
        {
            // The one sign that somebody knows the password, should the second step never come.
            var db = Database(httpContext);
            await using var transaction = await db.JoinTransactionAsync(userId);
            await db.InsertAsync(row);
            await httpContext
                .RequestServices.GetRequiredService<SecurityHistory>()
                .AddAsync(userId, SecurityEventKind.PasswordAccepted, Factor.Password);
            await transaction.CommitAsync();
        }
        else
        {
            await Database(httpContext).InsertAsync(row);
        }

        return key;
    }

    /// <summary>
    /// Rewrites the ticket for the same user under the same key, and moves its end no further. For anyone else the row is
    /// deleted and nothing is written: a key planted in a browser must never become the key of the next person's ticket
    /// (F6). A database that fails is logged and not thrown, as the handler calls this while answering.
    /// </summary>
    public async Task RenewAsync(
        string key,
        AuthenticationTicket ticket,
        HttpContext httpContext,
        CancellationToken cancellationToken
    )
    {
        if (RandomKey.HashOf(key) is not { } hash)
        {
            return;
        }

        try
        {
            if (!await RewriteAsync(hash, ticket, httpContext))
            {
                logger.PendingTicketNotRenewed(scheme);
                await RemoveAsync(key, httpContext, cancellationToken);
            }
        }
        catch (DbException exception)
        {
            logger.PendingTicketRenewalFailed(scheme, exception);
        }
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(
        string key,
        HttpContext httpContext,
        CancellationToken cancellationToken
    )
    {
        if (RandomKey.HashOf(key) is not { } hash)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var payload = await Database(httpContext)
            .PendingTickets.Where(t =>
                t.KeyHash == hash && t.Scheme == scheme && t.ExpiresUtc > now
            )
            .Select(t => t.Payload)
            .FirstOrDefaultAsync(cancellationToken);
        return payload is null ? null : Unprotect(payload);
    }

    /// <summary>
    /// Takes a ticket away for good. One conditional UPDATE, so that of parallel requests with one cookie exactly one has it;
    /// the row stays for a moment, to tell the others from a cookie that is merely old.
    /// </summary>
    public async Task<TakenTicket> TakeAsync(string key, HttpContext httpContext)
    {
        if (RandomKey.HashOf(key) is not { } hash)
        {
            return new TakenTicket(null, IsTakenElsewhere: false);
        }

        var ticket = await RetrieveAsync(key, httpContext, CancellationToken.None);
        var (now, taken) = (time.GetUtcNow(), $"{scheme}.Taken");
        var end = now + Moment;
        var rows = Database(httpContext).PendingTickets.Where(t => t.KeyHash == hash);
        return
            await rows.Where(t => t.Scheme == scheme && t.ExpiresUtc > now)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(t => t.Scheme, taken)
                        .SetProperty(t => t.Payload, Nothing)
                        .SetProperty(t => t.ExpiresUtc, end)
                ) == 1
            ? new TakenTicket(ticket, IsTakenElsewhere: false)
            : new TakenTicket(
                null,
                await rows.AnyAsync(t => t.Scheme == taken && t.ExpiresUtc > now)
            );
    }

    public async Task RemoveAsync(
        string key,
        HttpContext httpContext,
        CancellationToken cancellationToken
    )
    {
        if (RandomKey.HashOf(key) is { } hash)
        {
            await Database(httpContext)
                .PendingTickets.Where(t => t.KeyHash == hash)
                .ExecuteDeleteAsync(CancellationToken.None);
        }
    }

    // The cookie handler always passes the request; without one there is no database to ask.
    public Task<string> StoreAsync(AuthenticationTicket ticket) => throw WithoutRequest();

    public Task RenewAsync(string key, AuthenticationTicket ticket) => throw WithoutRequest();

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => throw WithoutRequest();

    public Task RemoveAsync(string key) => throw WithoutRequest();

    private async Task<bool> RewriteAsync(
        byte[] hash,
        AuthenticationTicket ticket,
        HttpContext httpContext
    )
    {
        var userId = UserIdOf(ticket.Principal);
        var now = time.GetUtcNow();
        var payload = Protect(ticket);
        return await Database(httpContext)
                .PendingTickets.Where(t =>
                    t.KeyHash == hash
                    && t.Scheme == scheme
                    && t.UserId == userId
                    && t.UserId != null
                    && t.ExpiresUtc > now
                )
                .ExecuteUpdateAsync(
                    set => set.SetProperty(t => t.Payload, payload),
                    CancellationToken.None
                ) == 1;
    }

    private static NotSupportedException WithoutRequest() =>
        new("Pending tickets are read and written in a request.");

    private static Otp2faDbContext Database(HttpContext context) =>
        context.RequestServices.GetRequiredService<Otp2faDbContext>();

    // Identity keeps the user id of its pending ticket in the name claim; ours follows it.
    private static string? UserIdOf(ClaimsPrincipal principal) =>
        principal.FindFirstValue(ClaimTypes.Name);

    private byte[] Protect(AuthenticationTicket ticket) =>
        protector.Protect(TicketSerializer.Default.Serialize(ticket));

    private AuthenticationTicket? Unprotect(byte[] payload)
    {
        try
        {
            return TicketSerializer.Default.Deserialize(protector.Unprotect(payload));
        }
        catch (CryptographicException)
        {
            // The key that protected it left the ring: as good as expired.
            logger.PendingTicketUnreadable(scheme);
            return null;
        }
    }
}
