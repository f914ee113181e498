using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Tests.Data;

/// <summary>What SQL Server would refuse and SQLite does not, told from the script and the model.</summary>
public sealed partial class SqlServerTests
{
    private const int LongestKey = 1700;
    private const int LongestClusteredKey = 900;

    [Fact]
    public void The_script_of_all_migrations_is_correct_SQL()
    {
        using var context = Contexts.AtDesignTime(DatabaseProvider.SqlServer);
        var script = context
            .GetService<IMigrator>()
            .GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.Contains("CREATE TABLE [PinChallenges]", script, StringComparison.Ordinal);
        Assert.Empty(Parse(script));
    }

    [Fact]
    public void A_script_with_a_slip_would_be_noticed()
    {
        Assert.NotEmpty(Parse("CREATE TABLE [Sessions] ([IdHash] varbinary(32) NOT NUL);"));
    }

    [Fact]
    public void No_table_is_reached_by_two_cascade_paths()
    {
        using var context = Contexts.AtDesignTime(DatabaseProvider.SqlServer);
        var cascades = DesignModel(context)
            .GetEntityTypes()
            // An owned document is a column, not a table.
            .Where(type => !type.IsMappedToJson())
            .SelectMany(type => type.GetForeignKeys())
            .Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
            .Select(key =>
                (
                    From: key.PrincipalEntityType.GetTableName()!,
                    To: key.DeclaringEntityType.GetTableName()!
                )
            )
            .ToLookup(edge => edge.From, edge => edge.To);

        Assert.Contains("PinChallenges", cascades["AspNetUsers"]);
        foreach (var start in cascades.Select(edges => edges.Key))
        {
            var reached = new List<string>();
            Follow(start, [start]);
            Assert.Equal(reached.Distinct(), reached);

            void Follow(string table, HashSet<string> path)
            {
                foreach (var next in cascades[table])
                {
                    reached.Add(next);
                    Assert.True(path.Add(next), $"{start} comes back to {next}.");
                    Follow(next, path);
                    path.Remove(next);
                }
            }
        }
    }

    [Fact]
    public void No_key_or_index_is_over_an_unlimited_column()
    {
        using var context = Contexts.AtDesignTime(DatabaseProvider.SqlServer);

        Assert.DoesNotContain(
            Keys(context).SelectMany(key => key.Columns),
            column => column.Contains("(max)", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void No_key_or_index_is_longer_than_SQL_Server_takes()
    {
        using var context = Contexts.AtDesignTime(DatabaseProvider.SqlServer);

        var tooLong = Keys(context)
            .Where(key =>
                key.Bytes > (key.IsClustered && !key.IsIdentitys ? LongestClusteredKey : LongestKey)
            )
            .Select(key => key.Name);

        // Identity's own, over two ids of 450 characters each; the ids it makes have 36.
        Assert.Equal(["PK_AspNetUserRoles"], tooLong);
    }

    private static IList<ParseError> Parse(string script)
    {
        using var reader = new StringReader(script);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors;
    }

    private static IModel DesignModel(Otp2faDbContext context) =>
        context.GetService<IDesignTimeModel>().Model;

    private static IEnumerable<Key> Keys(Otp2faDbContext context)
    {
        foreach (var type in DesignModel(context).GetEntityTypes())
        {
            var isIdentitys = type.GetTableName()!.StartsWith("AspNet", StringComparison.Ordinal);
            foreach (var key in type.GetKeys())
            {
                yield return new Key(
                    key.GetName()!,
                    key.IsPrimaryKey(),
                    isIdentitys,
                    [.. key.Properties.Select(p => p.GetColumnType())]
                );
            }

            foreach (var index in type.GetIndexes())
            {
                yield return new Key(
                    index.GetDatabaseName()!,
                    IsClustered: false,
                    isIdentitys,
                    [.. index.Properties.Select(p => p.GetColumnType())]
                );
            }
        }
    }

    private sealed record Key(string Name, bool IsClustered, bool IsIdentitys, string[] Columns)
    {
        public int Bytes => Columns.Sum(BytesOf);

        private static int BytesOf(string column)
        {
            var type = ColumnType().Match(column);
            var length = type.Groups["length"] is { Success: true } given
                ? int.Parse(given.Value, CultureInfo.InvariantCulture)
                : 0;
            return type.Groups["name"].Value switch
            {
                "nvarchar" => 2 * length,
                "varbinary" => length,
                "bigint" => 8,
                "int" => 4,
                "datetimeoffset" => 10,
                "bit" => 1,
                _ => throw new InvalidOperationException($"No size known for {column}."),
            };
        }
    }

    [GeneratedRegex(@"^(?<name>\w+)(\((?<length>\d+)\))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ColumnType();
}
