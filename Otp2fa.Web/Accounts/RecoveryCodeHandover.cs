using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <param name="Codes">In clear.</param>
/// <param name="Mark">Tells these codes from others; a form brings it back.</param>
public sealed record CodesOnShow(IReadOnlyList<string> Codes, string Mark);

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

    /// <summary>The codes that wait for this session; null if there are none any more.</summary>
    public async Task<CodesOnShow?> FindAsync(CancellationToken cancellationToken)
    {
        if (await FindPayloadAsync(cancellationToken) is not { } payload)
        {
            return null;
        }

        try
        {
            return new CodesOnShow(
                Encoding.UTF8.GetString(protector.Unprotect(payload)).Split('\n'),
                MarkOf(payload)
            );
        }
        catch (CryptographicException)
        {
            // The key that protected them left the ring: as good as never shown; new ones can be made.
            return null;
        }
    }

    /// <summary>The person has kept the codes that are shown: they are shown no more.</summary>
    /// <param name="user">Whose they are.</param>
    /// <param name="mark">Of the very codes that stood on the page.</param>
    /// <returns>False if those are not shown any more; perhaps another window has made new ones.</returns>
    public async Task<bool> AcknowledgeAsync(ApplicationUser user, string? mark)
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        if (
            session.Row is not { } row
            || await FindPayloadAsync(CancellationToken.None) is not { } payload
            || MarkOf(payload) != mark
        )
        {
            return false;
        }

        await db.ShownRecoveryCodes.Where(c => c.SessionId == row.Id).ExecuteDeleteAsync();
        await codes.AcknowledgeAsync(user);
        await transaction.CommitAsync();
        return true;
    }

    private async Task<byte[]?> FindPayloadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return session.Row is { } row
            ? await db
                .ShownRecoveryCodes.Where(c => c.SessionId == row.Id && c.ExpiresUtc > now)
                .Select(c => c.Payload)
                .FirstOrDefaultAsync(cancellationToken)
            : null;
    }

    // Tells two sets of codes apart, and nothing of either.
    private static string MarkOf(byte[] payload) => Convert.ToHexString(SHA256.HashData(payload));
}
