using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// The one mechanism behind every limit that instances share: uses are written down before what they allow is done, each by
/// one INSERT under the next number of its key. Whether there is room depends only on uses with lower numbers, which no
/// longer change; of two requests that saw the same ones, the primary key lets one have the number and the other looks
/// again. So it is exact on any number of instances and on both databases, without locks of its own (ASVS 2.3.3, 15.4.2).
/// </summary>
internal sealed class LimitLedger(Otp2faDbContext db, TimeProvider time)
{
    // Each round lost is a use that another request won. The keys of a person are full long before; of the site's, so many
    // at the same moment are a crowd, and one more is told so.
    private const int Rounds = 200;

    /// <summary>
    /// Writes down one use of every charge, or of none. Not to be cancelled with the browser: what was written down may
    /// have been acted on.
    /// </summary>
    /// <param name="charges">In the same order everywhere.</param>
    /// <param name="budgets">Those that many share, after them.</param>
    /// <returns>Without a refusal if there was room; otherwise with the one that lasts longest.</returns>
    public async Task<ChargeResult> TryChargeAsync(
        IReadOnlyList<LimitCharge> charges,
        IReadOnlyList<BudgetCharge> budgets
    )
    {
        for (var round = 1; ; round++)
        {
            // SQLite takes its one write lock here, so that no round is ever lost there.
            await using var transaction = await db.Database.BeginTransactionAsync();
            var result = await LookAsync(charges, budgets);
            if (result.Refusals.Count > 0)
            {
                return result with { Uses = [] };
            }

            try
            {
                db.LimitUses.AddRange(result.Uses);
                await db.SaveChangesAsync();
                await transaction.CommitAsync();
                return result;
            }
            catch (DbUpdateException exception) when (exception.IsUniqueViolation())
            {
                // Another request took one of the numbers.
                if (round == Rounds)
                {
                    return Contended(result);
                }
            }
            finally
            {
                foreach (var use in result.Uses)
                {
                    db.Entry(use).State = EntityState.Detached;
                }
            }
        }
    }

    private ChargeResult Contended(ChargeResult result) =>
        new(
            [
                new LimitRefusal(
                    result.Uses[^1].Rule,
                    LimitPart.Contended,
                    time.GetUtcNow() + TimeSpan.FromSeconds(1)
                ),
            ],
            [],
            []
        );

    /// <summary>What <see cref="TryChargeAsync"/> would say now. Writes nothing.</summary>
    public async Task<LimitRefusal?> FindRefusalAsync(
        IReadOnlyList<LimitCharge> charges,
        IReadOnlyList<BudgetCharge> budgets
    ) => (await LookAsync(charges, budgets)).Refusal;

    /// <summary>Takes a use out of its windows: it turned out not to count.</summary>
    public Task<int> ReturnAsync(LimitUse use) =>
        db
            .LimitUses.Where(u =>
                u.Rule == use.Rule && u.KeyHash == use.KeyHash && u.Number == use.Number
            )
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.IsReturned, true));

    /// <summary>Writes a use once more as it stands, in a transaction of its own: for the time that it takes.</summary>
    public async Task RewriteAsync(LimitUse use)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db
            .LimitUses.Where(u =>
                u.Rule == use.Rule && u.KeyHash == use.KeyHash && u.Number == use.Number
            )
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.ExpiresUtc, use.ExpiresUtc));
        await transaction.CommitAsync();
    }

    /// <summary>Takes all uses of a key out of their windows.</summary>
    public Task<int> ReturnAllAsync(IReadOnlyList<LimitRule> rules, byte[] keyHash) =>
        db
            .LimitUses.Where(u => rules.Contains(u.Rule) && u.KeyHash == keyHash && !u.IsReturned)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.IsReturned, true));

    /// <summary>Ends the waits of a key, and nothing else.</summary>
    public Task<int> AnswerAsync(LimitRule rule, byte[] keyHash) =>
        db
            .LimitUses.Where(u => u.Rule == rule && u.KeyHash == keyHash && !u.IsAnswered)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.IsAnswered, true));

    /// <summary>How many of a key's uses are unanswered in a row, the newest being this one.</summary>
    public Task<int> CountUnansweredAsync(LimitUse newest) =>
        CountUnansweredAsync(newest.Rule, newest.KeyHash, newest.Number);

    /// <summary>How many of a key's uses are unanswered in a row.</summary>
    /// <param name="rule">Which limit.</param>
    /// <param name="keyHash">Whose.</param>
    /// <param name="upTo">The newest to count.</param>
    public Task<int> CountUnansweredAsync(
        LimitRule rule,
        byte[] keyHash,
        long upTo = long.MaxValue
    ) =>
        // What is answered is answered with all that is older.
        db
            .LimitUses.Where(u =>
                u.Rule == rule
                && u.KeyHash == keyHash
                && u.Number <= upTo
                && !u.IsReturned
                && !u.IsAnswered
            )
            .CountAsync();

    private async Task<ChargeResult> LookAsync(
        IReadOnlyList<LimitCharge> charges,
        IReadOnlyList<BudgetCharge> budgets
    )
    {
        var now = time.GetUtcNow();
        List<LimitRefusal> refusals = [];
        List<LimitUse> uses = [];
        List<BudgetLevel> levels = [];
        foreach (var charge in charges)
        {
            var past = await ReadAsync(charge);
            if (charge.ItemHash is { } item && past.Any(u => IsInWindow(u, item)))
            {
                continue;
            }

            refusals.AddRange(LimitArithmetic.Judge(charge, past, now));
            uses.Add(
                new LimitUse
                {
                    Rule = charge.Rule,
                    KeyHash = charge.KeyHash,
                    Number = past.Count == 0 ? 1 : past[0].Number + 1,
                    UsedUtc = past.Count == 0 || past[0].UsedUtc < now ? now : past[0].UsedUtc,
                    ExpiresUtc = now + charge.Longest,
                    ItemHash = charge.ItemHash,
                }
            );

            bool IsInWindow(LimitUse use, byte[] wanted) =>
                use.UsedUtc > now - charge.Longest
                && use.ItemHash is { } known
                && known.AsSpan().SequenceEqual(wanted);
        }

        foreach (var budget in budgets)
        {
            var verdict = await budget.JudgeAsync(db, now);
            if (verdict.Refusal is not null)
            {
                refusals.Add(verdict.Refusal);
            }

            uses.Add(verdict.Use);
            levels.AddRange(verdict.Levels);
        }

        return new ChargeResult(refusals, uses, levels);
    }

    /// <returns>The uses that can matter, the newest first: those that count, and the newest of all for its number.</returns>
    private Task<List<LimitUse>> ReadAsync(LimitCharge charge)
    {
        var uses = db
            .LimitUses.AsNoTracking()
            .Where(u => u.Rule == charge.Rule && u.KeyHash == charge.KeyHash);
        var most = Math.Max(charge.Windows.Max(window => window.Most), charge.Waits.Count);
        return uses.Where(u => !u.IsReturned || u.Number == uses.Max(any => any.Number))
            .OrderByDescending(u => u.Number)
            .Take(most + 1)
            .ToListAsync();
    }
}
