using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Otp2fa.Web.Data;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Data;

public sealed class SqliteTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_migrations_make_the_database_from_nothing()
    {
        using var file = new TemporaryFile();
        await using var instance = Contexts.Instance(DatabaseProvider.Sqlite, file.Connection);
        await using var scope = instance.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        Assert.False(File.Exists(file.Path));

        await context.Database.MigrateAsync();

        Assert.Empty(await context.Database.GetPendingMigrationsAsync());
        foreach (var type in context.Model.GetEntityTypes())
        {
            var table = type.GetTableName()!;
            Assert.Equal(
                1,
                await context
                    .Database.SqlQuery<int>(
                        $"SELECT COUNT(*) AS Value FROM sqlite_master WHERE type = 'table' AND name = {table}"
                    )
                    .SingleAsync()
            );
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task New_or_restored_the_database_writes_ahead_so_that_readers_stop_no_commit(
        bool isRestored
    )
    {
        using var file = new TemporaryFile();
        if (isRestored)
        {
            DatabaseTemplate.CopyTo(file.Path);
        }

        await using var instance = Contexts.Instance(
            DatabaseProvider.Sqlite,
            file.Connection,
            ("Database:MigrateAtStart", "true")
        );
        await instance
            .GetServices<IHostedService>()
            .OfType<DatabasePreparation>()
            .Single()
            .StartAsync(CancellationToken.None);

        await using var connection = new SqliteConnection(file.Connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Times_compare_and_order_in_SQL_by_the_moment_whatever_their_offset()
    {
        using var file = new TemporaryFile();
        await using var instance = Contexts.Instance(DatabaseProvider.Sqlite, file.Connection);
        await using var scope = instance.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        await context.Database.MigrateAsync();
        context.PendingTickets.AddRange(
            Ticket("later", Noon.AddTicks(1).ToOffset(TimeSpan.FromHours(-9))),
            Ticket("now", Noon.ToOffset(TimeSpan.FromHours(5))),
            Ticket("earlier", Noon.AddTicks(-1).ToOffset(TimeSpan.FromHours(11)))
        );
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();

        var until = await context
            .PendingTickets.Where(t => t.ExpiresUtc <= Noon)
            .OrderByDescending(t => t.ExpiresUtc)
            .ToListAsync();
        var after = await context
            .PendingTickets.Where(t => t.ExpiresUtc > Noon.ToOffset(TimeSpan.FromHours(3)))
            .ToListAsync();

        Assert.Equal(["now", "earlier"], until.Select(t => t.Scheme));
        Assert.Equal(["later"], after.Select(t => t.Scheme));
        Assert.Equal((Noon, TimeSpan.Zero), (until[0].ExpiresUtc, until[0].ExpiresUtc.Offset));
    }

    [Fact]
    public async Task Identitys_own_times_compare_in_SQL_too()
    {
        using var file = new TemporaryFile();
        await using var instance = Contexts.Instance(DatabaseProvider.Sqlite, file.Connection);
        await using var scope = instance.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        await context.Database.MigrateAsync();
        context.Users.AddRange(
            new ApplicationUser { UserName = "locked", LockoutEnd = Noon.AddTicks(1) },
            new ApplicationUser { UserName = "free again", LockoutEnd = Noon },
            new ApplicationUser { UserName = "never locked" }
        );
        await context.SaveChangesAsync();

        var free = await context
            .Users.Where(u => u.LockoutEnd == null || u.LockoutEnd <= Noon)
            .OrderBy(u => u.UserName)
            .Select(u => u.UserName)
            .ToListAsync();

        Assert.Equal(["free again", "never locked"], free);
    }

    [Fact]
    public async Task A_removed_account_takes_everything_of_it_along()
    {
        using var file = new TemporaryFile();
        await using var instance = Contexts.Instance(DatabaseProvider.Sqlite, file.Connection);
        await using var scope = instance.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        await context.Database.MigrateAsync();
        var user = new ApplicationUser { UserName = "leaving" };
        context.Users.Add(user);
        context.PendingTickets.Add(Ticket("theirs", Noon, user.Id));
        context.PendingTickets.Add(Ticket("nobody's", Noon));
        context.Sessions.Add(
            new UserSession
            {
                KeyHash = [1],
                UserId = user.Id,
                CreatedUtc = Noon,
                ExpiresUtc = Noon,
                LastSeenUtc = Noon,
                Browser = "A browser",
                MultiFactor = false,
            }
        );
        context.PinChallenges.Add(
            new PinChallenge
            {
                UserId = user.Id,
                Purpose = ChallengePurpose.SignIn,
                PhoneHash = [1],
                Country = "GB",
                StampHash = [1],
                AttemptHash = [1],
                IssuedUtc = Noon,
                ExpiresUtc = Noon,
                MaxAttempts = 5,
            }
        );
        await context.SaveChangesAsync();

        await context.Users.Where(u => u.Id == user.Id).ExecuteDeleteAsync();

        Assert.Equal(
            ["nobody's"],
            await context.PendingTickets.Select(t => t.Scheme).ToListAsync()
        );
        Assert.False(await context.Sessions.AnyAsync());
        Assert.False(await context.PinChallenges.AnyAsync());
    }

    private static PendingTicket Ticket(
        string scheme,
        DateTimeOffset expires,
        string? userId = null
    ) =>
        new()
        {
            KeyHash = System.Text.Encoding.UTF8.GetBytes(scheme),
            Scheme = scheme,
            UserId = userId,
            Payload = [],
            ExpiresUtc = expires,
        };
}
