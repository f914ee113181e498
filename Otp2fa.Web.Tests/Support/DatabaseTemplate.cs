using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Tests.Support;

/// <summary>An empty migrated database file, made once by the real migrations and copied for each site.</summary>
internal static class DatabaseTemplate
{
    private static readonly Lazy<string> File = new(Make);

    public static void CopyTo(string path) => System.IO.File.Copy(File.Value, path);

    private static string Make()
    {
        var path = Path.Combine(
            Directory.CreateTempSubdirectory("otp2fa-template-").FullName,
            "template.db"
        );
        using var services = new ServiceCollection()
            .Configure<IdentityOptions>(options =>
                options.Stores.SchemaVersion = IdentitySchemaVersions.Version3
            )
            .AddDbContext<SqliteOtp2faDbContext>(options =>
                options.UseSqlite($"Data Source={path};Pooling=False")
            )
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        var context = scope.ServiceProvider.GetRequiredService<SqliteOtp2faDbContext>();
        context.Database.Migrate();
        // Into one file, so that a plain copy is the whole database; it stays in write-ahead mode.
        context.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
        return path;
    }
}
