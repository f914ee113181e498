using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Hands new recovery codes to the person: they wait in a protected row of this very session until the person has kept
/// them, for ten minutes at most, and travel in no cookie and no address.
/// </summary>
internal sealed class RecoveryCodeHandover(
    RecoveryCodes codes,
    CurrentSession session,
    Otp2faDbContext db,
    IDataProtectionProvider dataProtection,
    TimeProvider time,
    ILogger<RecoveryCodeHandover> logger
)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly IDataProtector protector = dataProtection.CreateProtector(
        "Otp2fa.ShownRecoveryCodes"
    );

    /// <summary>
    /// Makes new codes in place of the old ones and keeps them for the page that shows them, in one transaction: what is
    /// shown is what works.
    /// </summary>
    /// <returns>False if the account was changed since it was loaded; then nothing was done.</returns>
    public async Task<bool> RenewAsync(ApplicationUser user)
    {
        var made = RecoveryCodes.Draw();
        // Before the transaction: the key ring has a connection of its own, and may have to write.
        var payload = protector.Protect(
            Encoding.UTF8.GetBytes(string.Join('\n', made.Select(code => code.ToGroups())))
        );
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        if (!await codes.ReplaceAsync(user, made))
        {
            return false;
        }

        // Whatever another session of the person still shows does not work any more.
        await db
            .ShownRecoveryCodes.Where(c =>
                db.Sessions.Any(s => s.Id == c.SessionId && s.UserId == user.Id)
            )
            .ExecuteDeleteAsync();
        if (session.Row is { } row)
        {
            await db.InsertAsync(
                new ShownRecoveryCodes
                {
                    SessionId = row.Id,
                    Payload = payload,
                    ExpiresUtc = time.GetUtcNow() + Longest,
                }
            );
        }

        await transaction.CommitAsync();
        logger.RecoveryCodesMade(user.Id);
        return true;
    }

    /// <summary>The codes that wait for this session; empty if there are none any more.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancellationToken)
    {
        if (session.Row is not { } row)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var payload = await db
            .ShownRecoveryCodes.Where(c => c.SessionId == row.Id && c.ExpiresUtc > now)
            .Select(c => c.Payload)
            .FirstOrDefaultAsync(cancellationToken);
        try
        {
            return payload is null
                ? []
                : Encoding.UTF8.GetString(protector.Unprotect(payload)).Split('\n');
        }
        catch (CryptographicException)
        {
            // The key that protected them left the ring: as good as never shown; new ones can be made.
            return [];
        }
    }

    /// <summary>The person has kept the codes that are shown: they are shown no more.</summary>
    /// <returns>False if they are not shown any more; perhaps another window has made new ones.</returns>
    public async Task<bool> AcknowledgeAsync(ApplicationUser user)
    {
        if (session.Row is not { } row)
        {
            return false;
        }

        var now = time.GetUtcNow();
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var wereShown = await db
            .ShownRecoveryCodes.Where(c => c.SessionId == row.Id && c.ExpiresUtc > now)
            .ExecuteDeleteAsync();
        if (wereShown > 0)
        {
            await codes.AcknowledgeAsync(user);
        }

        await transaction.CommitAsync();
        return wereShown > 0;
    }
}
