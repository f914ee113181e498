using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Removes what no request can use any more. Nothing depends on it: every read compares the end of a row itself.
/// </summary>
internal sealed class ExpiredRowsPurge(
    IServiceScopeFactory scopes,
    TimeProvider time,
    IOptions<AccountsOptions> options,
    IOptions<MailOptions> mail,
    ILogger<ExpiredRowsPurge> logger
) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10);

    // A challenge is worth a day of looking back when somebody asks what became of a code.
    private static readonly TimeSpan ChallengeKept = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Round, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryPurgeAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops, perhaps before it ever started.
        }
    }

    private async Task TryPurgeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await PurgeAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            logger.PurgeFailed(exception);
        }
    }

    internal async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        var now = time.GetUtcNow();
        var challengesBefore = now - ChallengeKept;
        var tickets = await db
            .PendingTickets.Where(t => t.ExpiresUtc <= now)
            .ExecuteDeleteAsync(cancellationToken);
        var sessions = await db
            .Sessions.Where(s => s.ExpiresUtc <= now)
            .ExecuteDeleteAsync(cancellationToken);
        var challenges = await db
            .PinChallenges.Where(c => c.ExpiresUtc <= challengesBefore)
            .ExecuteDeleteAsync(cancellationToken);
        var uses = await db
            .LimitUses.Where(u => u.ExpiresUtc <= now)
            .ExecuteDeleteAsync(cancellationToken);
        await db
            .ShownRecoveryCodes.Where(c => c.ExpiresUtc <= now)
            .ExecuteDeleteAsync(cancellationToken);
        await db
            .RememberedBrowsers.Where(b => b.ExpiresUtc <= now)
            .ExecuteDeleteAsync(cancellationToken);
        await db
            .FormerAddresses.Where(a => a.ExpiresUtc <= now)
            .ExecuteDeleteAsync(cancellationToken);
        var setAsideBefore = now - mail.Value.SetAsideKept;
        await db
            .OutboxMails.Where(m =>
                m.SetAsideUtc <= setAsideBefore || m.ExpiresUtc <= setAsideBefore
            )
            .ExecuteDeleteAsync(cancellationToken);
        var registeredBefore = now - options.Value.UnconfirmedLifetime;
        await db
            .Users.Where(u => !u.EmailConfirmed && u.RegisteredUtc <= registeredBefore)
            .ExecuteDeleteAsync(cancellationToken);
        var historyBefore = now - options.Value.HistoryLifetime;
        await db
            .SecurityEvents.Where(e => e.AtUtc <= historyBefore)
            .ExecuteDeleteAsync(cancellationToken);
        if (tickets + sessions + challenges + uses > 0)
        {
            logger.Purged(tickets, sessions, challenges, uses);
        }
    }
}
