using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <summary>What the site knows of a person: shown to the owner, and removed with the account.</summary>
internal sealed class PersonalData(
    Otp2faDbContext db,
    IAuditTrail audit,
    ILogger<PersonalData> logger
)
{
    /// <summary>
    /// Everything that is stored about the person and can be read back. Names and texts of the first seven are those of
    /// Identity's UI; a missing number is the text "null", as there.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, object>> CollectAsync(
        ApplicationUser user,
        CancellationToken cancellationToken
    ) =>
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["Id"] = user.Id,
            ["UserName"] = user.UserName ?? "null",
            ["Email"] = user.Email ?? "null",
            ["EmailConfirmed"] = Text(user.EmailConfirmed),
            ["PhoneNumber"] = user.PhoneNumber ?? "null",
            ["PhoneNumberConfirmed"] = Text(user.PhoneNumberConfirmed),
            ["TwoFactorEnabled"] = Text(user.TwoFactorEnabled),
            ["HasAuthenticatorApp"] = Text(user.AuthenticatorKey is not null),
            ["SignedInBrowsers"] = await db
                .Sessions.Where(s => s.UserId == user.Id)
                .OrderBy(s => s.Id)
                .Select(s => new
                {
                    s.Browser,
                    s.CreatedUtc,
                    s.LastSeenUtc,
                    s.ExpiresUtc,
                })
                .ToListAsync(cancellationToken),
            ["RememberedBrowsers"] = await db
                .RememberedBrowsers.Where(b => b.UserId == user.Id)
                .OrderBy(b => b.Id)
                .Select(b => new
                {
                    b.Browser,
                    b.CreatedUtc,
                    b.LastUsedUtc,
                    b.ExpiresUtc,
                })
                .ToListAsync(cancellationToken),
            ["FormerAddresses"] = await db
                .FormerAddresses.Where(a => a.UserId == user.Id)
                .OrderBy(a => a.Id)
                .Select(a => new { a.Address, a.ExpiresUtc })
                .ToListAsync(cancellationToken),
            ["MailsToSend"] = (
                await db
                    .OutboxMails.Where(m => m.UserId == user.Id || m.To == user.NormalizedEmail)
                    .OrderBy(m => m.Id)
                    .ToListAsync(cancellationToken)
            ).Select(m => new
            {
                What = m.Kind.ToString(),
                m.To,
                m.CreatedUtc,
            }),
            ["SecurityHistory"] = (
                await db
                    .SecurityEvents.Where(e => e.UserId == user.Id)
                    .OrderBy(e => e.Id)
                    .ToListAsync(cancellationToken)
            ).Select(e => new
            {
                e.AtUtc,
                What = e.Kind.ToString(),
                Factor = e.Factor?.ToString(),
                e.Detail,
                e.Browser,
                e.Network,
            }),
        };

    /// <summary>
    /// Deletes the account and all rows of it: sessions, codes, tickets, history, whatever. What is counted of a number or an
    /// account under a keyed hash goes with its window.
    /// </summary>
    /// <returns>False if it was changed elsewhere since it was loaded; then nothing was done.</returns>
    public async Task<bool> DeleteAsync(ApplicationUser user)
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var deleted = await db
            .Users.Where(u => u.Id == user.Id && u.SecurityStamp == user.SecurityStamp)
            .ExecuteDeleteAsync();
        if (deleted == 0)
        {
            return false;
        }

        // Those that nobody has looked whose they are.
        await db.OutboxMails.Where(m => m.To == user.NormalizedEmail).ExecuteDeleteAsync();
        await transaction.CommitAsync();
        logger.AccountDeleted(user.Id);
        audit.Record(AuditKind.AccountDeleted, user.Id);
        return true;
    }

    private static string Text(bool value) => value.ToString(CultureInfo.InvariantCulture);
}
