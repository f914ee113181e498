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

    /// <summary>Ten new ones, in clear, for the one time that they are shown. They open nothing before <see cref="ReplaceAsync"/>.</summary>
    public static IReadOnlyList<RecoveryCodeText> Draw() =>
        [.. Enumerable.Range(0, PerAccount).Select(_ => RecoveryCodeText.Draw())];

    /// <summary>Makes these the account's codes, in place of all that there were.</summary>
    public async Task ReplaceAsync(ApplicationUser user, IEnumerable<RecoveryCodeText> codes)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.JoinTransactionAsync();
        // Two renewals at once stand in a row behind the account's own row, so that the codes of one of them are left.
        await db
            .Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.WrongCodesInARow, u => u.WrongCodesInARow)
            );
        await RemoveAsync(user);
        foreach (var code in codes)
        {
            await db.InsertAsync(
                new RecoveryCode
                {
                    UserId = user.Id,
                    CodeHash = Hash(user, code),
                    CreatedUtc = now,
                }
            );
        }

        await history.AddAsync(user.Id, SecurityEventKind.RecoveryCodesMade);
        await transaction.CommitAsync();
    }

    /// <summary>Uses a code up. One conditional UPDATE, so that of parallel tries exactly one succeeds.</summary>
    /// <returns>False if it is none of this account's, or was used before.</returns>
    public async Task<bool> RedeemAsync(ApplicationUser user, RecoveryCodeText code)
    {
        var (hash, now) = (Hash(user, code), time.GetUtcNow());
        return await db
                .RecoveryCodes.Where(c =>
                    c.UserId == user.Id && c.CodeHash == hash && c.UsedUtc == null
                )
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedUtc, now)) == 1;
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

    public Task<int> RemoveAsync(ApplicationUser user) =>
        db.RecoveryCodes.Where(c => c.UserId == user.Id).ExecuteDeleteAsync();

    private byte[] Hash(ApplicationUser user, RecoveryCodeText code) =>
        keyedHash.Compute("recovery code", $"{user.Id}\0{code.Characters}");
}
