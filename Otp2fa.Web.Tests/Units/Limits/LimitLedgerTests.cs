using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Units.Limits;

/// <summary>The mechanism behind every limit, over a real database.</summary>
[Trait("Covers", "R06")]
[Trait("Covers", "R32")]
[Trait("Covers", "T08")]
public sealed class LimitLedgerTests
{
    private static readonly LimitWindow Five = new(5, TimeSpan.FromMinutes(10));

    [Fact]
    public async Task Given_a_hundred_charges_at_once_on_two_instances_exactly_as_many_as_fit_are_written()
    {
        await using var site = await TestSite.StartAsync();
        SiteFactory[] hosts = [site.Host, site.StartHost()];

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(i =>
                    Task.Run(() =>
                        InLedgerAsync(
                            hosts[i % 2],
                            ledger => ledger.TryChargeAsync([Charge(1)], [])
                        )
                    )
                )
        );

        Assert.Equal(5, results.Count(result => result.Refusal is null));
        var uses = await UsesAsync(site);
        Assert.Equal([1, 2, 3, 4, 5], uses.Select(use => use.Number).Order());
        site.ShouldHaveLoggedNoError();
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(1000, false)]
    public async Task Given_other_instances_that_take_the_numbers_first_it_looks_again_and_in_a_crowd_it_gives_up_with_a_refusal(
        int overtaken,
        bool isCharged
    )
    {
        var rivals = new RivalsThatComeFirst(overtaken);
        await using var site = await TestSite.StartAsync(
            "Development",
            services =>
                services.ConfigureDbContext<SqliteOtp2faDbContext>(options =>
                    options.AddInterceptors(rivals)
                )
        );

        var result = await ChargeAsync(site, Charge(1));

        Assert.Equal(isCharged ? null : LimitPart.Contended, result.Refusal?.Part);
        Assert.Equal(isCharged ? 1 : 0, (await UsesAsync(site)).Count);
    }

    /// <summary>
    /// SQLite lets one writer in at a time, so no number is ever lost there; this fails as another database does when one is.
    /// </summary>
    private sealed class RivalsThatComeFirst(int times) : SaveChangesInterceptor
    {
        private const int PrimaryKey = 1555;
        private const int Constraint = 19;
        private int left = times;

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        ) =>
            eventData.Context!.ChangeTracker.Entries<LimitUse>().Any()
            && Interlocked.Decrement(ref left) >= 0
                ? throw new DbUpdateException(
                    "Overtaken.",
                    new SqliteException("Overtaken.", Constraint, PrimaryKey)
                )
                : ValueTask.FromResult(result);
    }

    [Fact]
    public async Task Given_one_key_without_room_no_other_key_is_charged()
    {
        await using var site = await TestSite.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null((await ChargeAsync(site, Charge(2))).Refusal);
        }

        var refused = await ChargeAsync(site, Charge(1), Charge(2));

        Assert.Equal(LimitPart.Window, refused.Refusal?.Part);
        Assert.Empty(refused.Uses);
        Assert.DoesNotContain(await UsesAsync(site), use => use.KeyHash[0] == 1);
    }

    [Fact]
    public async Task Given_several_keys_without_room_the_longest_time_is_told()
    {
        await using var site = await TestSite.StartAsync();
        var one = new LimitWindow(1, TimeSpan.FromMinutes(1));
        var hour = new LimitWindow(1, TimeSpan.FromHours(1));
        await ChargeAsync(site, Charge(1, one), Charge(2, hour));

        var refused = await ChargeAsync(site, Charge(1, one), Charge(2, hour));

        Assert.Equal(site.Clock.GetUtcNow().AddHours(1), refused.Refusal?.Until);
    }

    [Fact]
    public async Task Given_distinct_things_are_counted_the_same_thing_again_is_free_and_forgotten_after_the_window()
    {
        await using var site = await TestSite.StartAsync();
        var window = new LimitWindow(2, TimeSpan.FromHours(1));
        foreach (byte item in new byte[] { 1, 1, 2, 2, 1 })
        {
            Assert.Null(
                (await ChargeAsync(site, Charge(1, window) with { ItemHash = [item] })).Refusal
            );
        }

        Assert.NotNull(
            (await ChargeAsync(site, Charge(1, window) with { ItemHash = [3] })).Refusal
        );
        site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await ChargeAsync(site, Charge(1, window) with { ItemHash = [3] })).Refusal);
    }

    [Fact]
    public async Task Given_a_use_that_is_returned_its_place_is_free_and_its_number_stays_taken()
    {
        await using var site = await TestSite.StartAsync();
        var window = new LimitWindow(1, TimeSpan.FromHours(1));
        var first = (await ChargeAsync(site, Guess(window))).Uses[0];

        await InLedgerAsync(site.Host, ledger => ledger.ReturnAsync(first));
        var second = await ChargeAsync(site, Guess(window));

        Assert.Equal(2, second.Uses[0].Number);
        Assert.NotNull((await ChargeAsync(site, Guess(window))).Refusal);

        static LimitCharge Guess(LimitWindow window) =>
            new(LimitRule.AccountGuesses, [1], [window]);
    }

    [Fact]
    public async Task Given_a_clock_that_goes_back_a_use_is_not_older_than_the_one_before()
    {
        await using var site = await TestSite.StartAsync();
        await ChargeAsync(site, Charge(1));
        var ahead = (await UsesAsync(site)).Single().UsedUtc.AddMinutes(3);
        await site.InDatabaseAsync(db =>
            db.LimitUses.ExecuteUpdateAsync(set => set.SetProperty(u => u.UsedUtc, ahead))
        );

        var next = await ChargeAsync(site, Charge(1));

        Assert.Equal(ahead, next.Uses[0].UsedUtc);
    }

    [Fact]
    public async Task Given_a_budget_that_many_share_a_part_of_it_is_kept_for_those_who_may_fill_it_all()
    {
        await using var site = await TestSite.StartAsync();
        var window = new LimitWindow(10, TimeSpan.FromHours(1));
        var some = new BudgetCharge(LimitRule.SiteSends, [1], [window]) { Share = 0.7 };
        var all = some with { Share = 1 };
        for (var i = 0; i < 7; i++)
        {
            Assert.Null((await BudgetAsync(site, some)).Refusal);
        }

        Assert.NotNull((await BudgetAsync(site, some)).Refusal);
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await BudgetAsync(site, all)).Refusal);
        }

        Assert.NotNull((await BudgetAsync(site, all)).Refusal);
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.PurgeAsync();
        Assert.Null((await BudgetAsync(site, some)).Refusal);
    }

    [Fact]
    public async Task Given_a_budget_of_money_it_is_full_when_the_costs_of_its_window_reach_it()
    {
        await using var site = await TestSite.StartAsync();
        var window = new LimitWindow(1000, TimeSpan.FromHours(1));
        var charge = new BudgetCharge(LimitRule.SiteSends, [1], [window]) { MostCost = 1_000_000 };
        var cheap = charge with { Cost = 300_000 };
        var dear = charge with { Cost = 500_000 };
        Assert.Null((await BudgetAsync(site, dear)).Refusal);
        site.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Null((await BudgetAsync(site, cheap)).Refusal);

        Assert.NotNull((await BudgetAsync(site, cheap)).Refusal);
        site.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Null((await BudgetAsync(site, cheap)).Refusal);
        Assert.Null((await BudgetAsync(site, cheap)).Refusal);
        Assert.NotNull((await BudgetAsync(site, cheap)).Refusal);
    }

    [Fact]
    public async Task Given_uses_that_no_window_sees_any_more_the_purge_removes_them_and_no_others()
    {
        await using var site = await TestSite.StartAsync();
        await ChargeAsync(site, Charge(1));
        site.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await ChargeAsync(site, Charge(1));
        await site.PurgeAsync();
        Assert.Equal(2, (await UsesAsync(site)).Count);

        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await site.PurgeAsync();

        Assert.Equal([2], (await UsesAsync(site)).Select(use => use.Number));
        Assert.Equal(3, (await ChargeAsync(site, Charge(1))).Uses[0].Number);
    }

    private static LimitCharge Charge(byte key, LimitWindow? window = null) =>
        new(LimitRule.AccountSends, [key], [window ?? Five]);

    private static Task<ChargeResult> ChargeAsync(TestSite site, params LimitCharge[] charges) =>
        InLedgerAsync(site.Host, ledger => ledger.TryChargeAsync(charges, []));

    private static Task<ChargeResult> BudgetAsync(TestSite site, BudgetCharge budget) =>
        InLedgerAsync(site.Host, ledger => ledger.TryChargeAsync([], [budget]));

    private static async Task<T> InLedgerAsync<T>(SiteFactory host, Func<LimitLedger, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<LimitLedger>());
    }

    private static Task<List<LimitUse>> UsesAsync(TestSite site) =>
        site.InDatabaseAsync(db => db.LimitUses.AsNoTracking().ToListAsync());
}
