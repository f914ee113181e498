using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Tests.Data;

/// <summary>Both models, as <c>dotnet ef</c> and as the running site see them.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void The_migrations_hold_every_change_of_the_model(DatabaseProvider provider)
    {
        using var designed = Contexts.AtDesignTime(provider);
        using var instance = Contexts.Instance(provider, "Data Source=nowhere");
        using var scope = instance.CreateScope();
        var running = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();

        Assert.False(designed.Database.HasPendingModelChanges());
        Assert.False(running.Database.HasPendingModelChanges());
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void Passkeys_have_their_table_from_the_first_migration(DatabaseProvider provider)
    {
        using var context = Contexts.AtDesignTime(provider);

        Assert.Contains("AspNetUserPasskeys", Tables(context));
        Assert.Contains(
            "AspNetUserPasskeys",
            context.Database.GenerateCreateScript(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Both_providers_have_the_same_tables_and_columns()
    {
        using var sqlite = Contexts.AtDesignTime(DatabaseProvider.Sqlite);
        using var sqlServer = Contexts.AtDesignTime(DatabaseProvider.SqlServer);

        Assert.Equal(Columns(sqlite), Columns(sqlServer));
    }

    [Fact]
    public void Each_migration_exists_for_both_providers_under_one_name()
    {
        using var sqlite = Contexts.AtDesignTime(DatabaseProvider.Sqlite);
        using var sqlServer = Contexts.AtDesignTime(DatabaseProvider.SqlServer);

        Assert.Equal(
            sqlite.Database.GetMigrations().Select(NameOf),
            sqlServer.Database.GetMigrations().Select(NameOf)
        );
    }

    private static string NameOf(string migration) => migration[(migration.IndexOf('_') + 1)..];

    private static IEnumerable<string> Tables(Otp2faDbContext context) =>
        context.Model.GetEntityTypes().Select(type => type.GetTableName()!);

    private static IEnumerable<string> Columns(Otp2faDbContext context) =>
        context
            .Model.GetEntityTypes()
            .Where(type => type.GetTableName() is not null)
            .SelectMany(
                type => type.GetProperties(),
                (type, property) =>
                    $"{type.GetTableName()}.{property.GetColumnName()} {(property.IsNullable ? "null" : "not null")}"
            )
            .Order(StringComparer.Ordinal);
}
