using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Otp2fa.Web.Data;

/// <summary>
/// For <c>dotnet ef</c>: the model with Identity's schema version, which EF reads from the application's options and
/// from nowhere else. Opens no database.
/// </summary>
internal sealed class SqliteDesignTimeContext : IDesignTimeDbContextFactory<SqliteOtp2faDbContext>
{
    public SqliteOtp2faDbContext CreateDbContext(string[] args) =>
        new(DesignTimeOptions.For<SqliteOtp2faDbContext>().UseSqlite().Options);
}

/// <inheritdoc cref="SqliteDesignTimeContext"/>
internal sealed class SqlServerDesignTimeContext
    : IDesignTimeDbContextFactory<SqlServerOtp2faDbContext>
{
    public SqlServerOtp2faDbContext CreateDbContext(string[] args) =>
        new(DesignTimeOptions.For<SqlServerOtp2faDbContext>().UseSqlServer().Options);
}

internal static class DesignTimeOptions
{
    public static DbContextOptionsBuilder<TContext> For<TContext>()
        where TContext : DbContext =>
        new DbContextOptionsBuilder<TContext>().UseApplicationServiceProvider(
            new ServiceCollection()
                .Configure<IdentityOptions>(options =>
                    options.Stores.SchemaVersion = IdentitySchema.Version
                )
                .BuildServiceProvider()
        );
}
