using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// One use of a limit that many share, the site's or a country's. Its windows hold thousands of uses, so they are not read:
/// numbers and costs run on, and the oldest use inside a window tells how many it holds.
/// </summary>
/// <param name="Rule">Which limit.</param>
/// <param name="KeyHash">Whose.</param>
/// <param name="Windows">All must have room.</param>
internal sealed record BudgetCharge(
    LimitRule Rule,
    byte[] KeyHash,
    IReadOnlyList<LimitWindow> Windows
)
{
    /// <summary>The part of each window that this use may fill; the rest is kept for others.</summary>
    public double Share { get; init; } = 1;

    /// <summary>In millionths of the currency.</summary>
    public long Cost { get; init; }

    /// <summary>What the longest window may cost; null if money is not watched.</summary>
    public long? MostCost { get; init; }

    private TimeSpan Longest => Windows.Max(window => window.Length);

    public async Task<BudgetVerdict> JudgeAsync(Otp2faDbContext db, DateTimeOffset now)
    {
        var uses = db.LimitUses.AsNoTracking().Where(u => u.Rule == Rule && u.KeyHash == KeyHash);
        var newest = await uses.OrderByDescending(u => u.Number).FirstOrDefaultAsync();
        var number = (newest?.Number ?? 0) + 1;
        var costSoFar = (newest?.CostSoFar ?? 0) + Cost;
        List<BudgetLevel> levels = [];
        foreach (var window in Windows)
        {
            var begin = now - window.Length;
            var oldest = await uses.Where(u => u.UsedUtc > begin)
                .OrderBy(u => u.UsedUtc)
                .ThenBy(u => u.Number)
                .FirstOrDefaultAsync();
            var end = (oldest?.UsedUtc ?? now) + window.Length;
            var filled = number - (oldest?.Number ?? number) + 1;
            levels.Add(
                new BudgetLevel(Rule, $"codes in {window.Length}", filled, window.Most, end)
            );
            if (MostCost is { } most && window.Length == Longest)
            {
                var before = oldest is null ? costSoFar - Cost : oldest.CostSoFar - oldest.Cost;
                levels.Add(
                    new BudgetLevel(Rule, "money in millionths", costSoFar - before, most, end)
                );
            }
        }

        var full = levels.Where(level => level.Filled > level.Most * Share).ToList();
        return new BudgetVerdict(
            full.Count == 0
                ? null
                : new LimitRefusal(Rule, LimitPart.Window, full.Max(level => level.Until)),
            new LimitUse
            {
                Rule = Rule,
                KeyHash = KeyHash,
                Number = number,
                UsedUtc = newest is { } last && last.UsedUtc > now ? last.UsedUtc : now,
                ExpiresUtc = now + Longest,
                Cost = Cost,
                CostSoFar = costSoFar,
            },
            levels
        );
    }
}
