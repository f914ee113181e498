using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Data;

/// <summary>
/// Runs before the first request: brings the database up to date where the settings say so and loads the key of
/// <see cref="KeyedHash"/>.
/// </summary>
internal sealed class DatabasePreparation(
    IServiceScopeFactory scopes,
    HashKey hashKey,
    IOptions<DatabaseOptions> database,
    IOptions<SecurityOptions> security
) : IHostedService
{
    /// <exception cref="DatabaseNotReadyException">It cannot be opened, or it lacks migrations.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PrepareAsync(cancellationToken);
        }
        // A wrong connection string is an ArgumentException, and its text repeats the string.
        catch (Exception exception) when (exception is DbException or ArgumentException)
        {
            throw new DatabaseNotReadyException(
                $"ConnectionStrings:Otp2fa: the database cannot be opened ({Kind(exception)}). Check the connection string, that the server answers, and that this account may use it.",
                exception
            );
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string Kind(Exception exception) =>
        exception switch
        {
            SqliteException sqlite => $"SQLite error {sqlite.SqliteErrorCode}",
            SqlException sql => $"SQL Server error {sql.Number}",
            _ => exception.GetType().Name,
        };

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        if (database.Value.MigrateAtStart)
        {
            await context.Database.MigrateAsync(cancellationToken);
        }
        else if ((await context.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw new DatabaseNotReadyException(
                "The database lacks migrations of this version. Apply them, or set Database:MigrateAtStart to true for one start."
            );
        }

        if (context.Database.IsSqlite())
        {
            // A file that was made elsewhere may be in rollback mode, in which a commit fails while others read.
            await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);
        }

        hashKey.Load(
            security.Value.DecodeHashKey() ?? await LoadOrMakeKeyAsync(context, cancellationToken),
            security.Value.DecodeFormerHashKey()
        );
    }

    private static async Task<byte[]> LoadOrMakeKeyAsync(
        Otp2faDbContext context,
        CancellationToken cancellationToken
    )
    {
        if (await ReadKeyAsync(context, cancellationToken) is { } known)
        {
            return known;
        }

        context.ServerSecrets.Add(
            new ServerSecret
            {
                Name = ServerSecret.HashKeyName,
                Value = RandomNumberGenerator.GetBytes(HashKey.Length),
            }
        );
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            // Another host on the same database was first: its key is the key.
            context.ChangeTracker.Clear();
        }

        return await ReadKeyAsync(context, cancellationToken)
            ?? throw new InvalidOperationException(
                "The hash key that was just stored cannot be read."
            );
    }

    private static Task<byte[]?> ReadKeyAsync(
        Otp2faDbContext context,
        CancellationToken cancellationToken
    ) =>
        context
            .ServerSecrets.Where(s => s.Name == ServerSecret.HashKeyName)
            .Select(s => s.Value)
            .FirstOrDefaultAsync(cancellationToken);
}
