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

    /// <summary>Makes new codes in place of the old ones and keeps them for the page that shows them.</summary>
    public async Task RenewAsync(ApplicationUser user)
    {
        var made = await codes.ReplaceAsync(user);
        logger.RecoveryCodesMade(user.Id);
        if (session.Row is not { } row)
        {
            return;
        }

        await ForgetAsync();
        var text = string.Join('\n', made.Select(code => code.ToGroups()));
        await db.InsertAsync(
            new ShownRecoveryCodes
            {
                SessionId = row.Id,
                Payload = protector.Protect(Encoding.UTF8.GetBytes(text)),
                ExpiresUtc = time.GetUtcNow() + Longest,
            }
        );
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

    /// <summary>The person has kept the codes: they are shown no more.</summary>
    public async Task AcknowledgeAsync(ApplicationUser user)
    {
        await codes.AcknowledgeAsync(user);
        await ForgetAsync();
    }

    private Task<int> ForgetAsync() =>
        session.Row is { } row
            ? db.ShownRecoveryCodes.Where(c => c.SessionId == row.Id).ExecuteDeleteAsync()
            : Task.FromResult(0);
}
