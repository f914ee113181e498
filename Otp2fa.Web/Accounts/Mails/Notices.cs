using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>Which entries of the history the owner is told by mail (ASVS 6.3.5, 6.3.7; R19).</summary>
internal sealed class Notices(Otp2faDbContext db, Outbox outbox, TimeProvider time) : INotices
{
    /// <summary>The owner is told of every so many wrong codes that no right one came between.</summary>
    public const int WrongCodes = 3;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // Turning two-factor authentication on makes the first recovery codes: one mail is enough.
    private static readonly TimeSpan SameStep = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public async Task TellAsync(SecurityEvent happened)
    {
        if (!await IsToldAsync(happened))
        {
            return;
        }

        var to = await db
            .Users.Where(u => u.Id == happened.UserId && u.EmailConfirmed)
            .Select(u => u.Email)
            .FirstOrDefaultAsync();
        if (to is not null)
        {
            await TellAsync(happened, to);
        }
    }

    /// <summary>Tells an address, whether it is the account's or not.</summary>
    public Task TellAsync(SecurityEvent happened, string to) =>
        outbox.AddAsync(MailKind.Notice, to, happened.UserId, eventId: happened.Id);

    /// <summary>Tells the address that an account had before its address was changed.</summary>
    public Task TellFormerAsync(SecurityEvent happened, FormerAddress former) =>
        outbox.AddAsync(
            MailKind.Notice,
            former.Address,
            happened.UserId,
            eventId: happened.Id,
            formerAddressId: former.Id
        );

    private async Task<bool> IsToldAsync(SecurityEvent happened) =>
        happened.Kind switch
        {
            SecurityEventKind.PasswordChanged
            or SecurityEventKind.PasswordReset
            or SecurityEventKind.EmailChanged
            or SecurityEventKind.NumberProved
            or SecurityEventKind.NumberRemoved
            or SecurityEventKind.AppAdded
            or SecurityEventKind.AppRemoved
            or SecurityEventKind.TwoFactorTurnedOn
            or SecurityEventKind.TwoFactorTurnedOff
            or SecurityEventKind.RecoveryCodeUsed
            or SecurityEventKind.BrowserRemembered
            or SecurityEventKind.OperatorReset => true,
            SecurityEventKind.RecoveryCodesMade => !await Since(happened, SameStep)
                .AnyAsync(e => e.Kind == SecurityEventKind.TwoFactorTurnedOn),
            // With a detail it was typed to prove a number, by a person who is signed in.
            SecurityEventKind.WrongCode when happened.Detail is null => await CountWrongCodesAsync(
                happened
            ) % WrongCodes
                == 0,
            _ => false,
        };

    // The account's row is held, so nobody else counts meanwhile.
    private async Task<int> CountWrongCodesAsync(SecurityEvent happened)
    {
        var lastRight = await Since(happened, Day)
            .Where(e =>
                e.Kind == SecurityEventKind.SignedIn
                || e.Kind == SecurityEventKind.SteppedUp && e.Factor != Factor.Password
            )
            .MaxAsync(e => (long?)e.Id);
        return await Since(happened, Day)
            .CountAsync(e =>
                e.Kind == SecurityEventKind.WrongCode
                && e.Detail == null
                && (lastRight == null || e.Id > lastRight)
            );
    }

    private IQueryable<SecurityEvent> Since(SecurityEvent happened, TimeSpan ago)
    {
        var since = time.GetUtcNow() - ago;
        return db.SecurityEvents.Where(e => e.UserId == happened.UserId && e.AtUtc >= since);
    }
}
