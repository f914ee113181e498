using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <param name="Left">How many still open the account.</param>
/// <param name="AreAcknowledged">The person said to have kept them.</param>
public sealed record RecoveryCodeCount(int Left, bool AreAcknowledged);

/// <summary>The codes that open an account without the phone, each once.</summary>
internal sealed class RecoveryCodes(
    Otp2faDbContext db,
    KeyedHash keyedHash,
    SecurityHistory history,
    TimeProvider time
)
{
    public const int PerAccount = 10;

    private const string HashKind = "recovery code";

    /// <summary>Ten new ones, in clear, for the one time that they are shown. They open nothing before <see cref="ReplaceAsync"/>.</summary>
    public static IReadOnlyList<RecoveryCodeText> Draw() =>
        [.. Enumerable.Range(0, PerAccount).Select(_ => RecoveryCodeText.Draw())];

    /// <summary>
    /// Makes these the account's codes, in place of all that there were. Two renewals at once stand in a row behind the
    /// account's own row, so that the codes of one of them are left.
    /// </summary>
    /// <returns>False if the account was changed since it was loaded, or has 2FA off; then nothing was done.</returns>
    public async Task<bool> ReplaceAsync(ApplicationUser user, IEnumerable<RecoveryCodeText> codes)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        if (
            !await db.Users.AnyAsync(u =>
                u.Id == user.Id && u.SecurityStamp == user.SecurityStamp && u.TwoFactorEnabled
            )
        )
        {
            return false;
        }

        await RemoveAsync(user);
        await db.InsertAsync([
            .. codes.Select(code => new RecoveryCode
            {
                UserId = user.Id,
                CodeHash = Hash(user, code),
                CreatedUtc = now,
            }),
        ]);
        await history.AddAsync(user.Id, SecurityEventKind.RecoveryCodesMade);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>
    /// Uses a code up, unless the account was locked or changed since it was loaded. One conditional UPDATE, so that of
    /// parallel tries exactly one succeeds.
    /// </summary>
    /// <returns>False if it is none of this account's, or was used before.</returns>
    public async Task<bool> RedeemAsync(ApplicationUser user, RecoveryCodeText code)
    {
        var (hash, former, now) = (Hash(user, code), FormerHash(user, code), time.GetUtcNow());
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var redeemed = await db
            .RecoveryCodes.Where(c =>
                c.UserId == user.Id
                && (c.CodeHash == hash || c.CodeHash == former)
                && c.UsedUtc == null
                && db.Users.Any(u =>
                    u.Id == c.UserId
                    && u.SecurityStamp == user.SecurityStamp
                    && (u.LockoutEnd == null || u.LockoutEnd <= now)
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedUtc, now));
        if (redeemed == 1)
        {
            await history.AddAsync(user.Id, SecurityEventKind.RecoveryCodeUsed);
        }

        await transaction.CommitAsync();
        return redeemed == 1;
    }

    public async Task<RecoveryCodeCount> CountAsync(ApplicationUser user)
    {
        var acknowledged = await db
            .RecoveryCodes.Where(c => c.UserId == user.Id && c.UsedUtc == null)
            .Select(c => c.IsAcknowledged)
            .ToListAsync();
        return new RecoveryCodeCount(acknowledged.Count, acknowledged.Exists(known => known));
    }

    /// <summary>What a person could give as a second factor, the one asked for first before the others.</summary>
    public async Task<IReadOnlyList<Factor>> FactorsOfAsync(ApplicationUser user)
    {
        List<Factor> factors = [.. user.GetFactors()];
        if ((await CountAsync(user)).Left > 0)
        {
            factors.Add(Factor.RecoveryCode);
        }

        return factors;
    }

    public Task<int> AcknowledgeAsync(ApplicationUser user) =>
        db
            .RecoveryCodes.Where(c => c.UserId == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.IsAcknowledged, true));

    /// <summary>Removes them all, and from every page that still shows some: they do not work any more.</summary>
    public async Task RemoveAsync(ApplicationUser user)
    {
        await db.RecoveryCodes.Where(c => c.UserId == user.Id).ExecuteDeleteAsync();
        await db
            .ShownRecoveryCodes.Where(c =>
                db.Sessions.Any(s => s.Id == c.SessionId && s.UserId == user.Id)
            )
            .ExecuteDeleteAsync();
    }

    private byte[] Hash(ApplicationUser user, RecoveryCodeText code) =>
        keyedHash.Compute(HashKind, TextOf(user, code));

    // People keep their codes for years: those made under the key before this one still open the account.
    private byte[]? FormerHash(ApplicationUser user, RecoveryCodeText code) =>
        keyedHash.ComputeFormer(HashKind, TextOf(user, code));

    private static string TextOf(ApplicationUser user, RecoveryCodeText code) =>
        $"{user.Id}\0{code.Characters}";
}
