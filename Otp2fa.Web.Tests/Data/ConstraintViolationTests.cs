using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Tests.Data;

public sealed class ConstraintViolationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_second_row_of_one_primary_key_is_a_unique_violation()
    {
        var exception = await SaveAsync(Secret("a"), Secret("a"));

        Assert.True(exception.IsUniqueViolation());
    }

    [Fact]
    public async Task A_second_row_of_one_unique_index_is_a_unique_violation()
    {
        var exception = await SaveAsync(
            new ApplicationUser { NormalizedUserName = "A" },
            new ApplicationUser { NormalizedUserName = "A" }
        );

        Assert.True(exception.IsUniqueViolation());
    }

    [Fact]
    public async Task A_row_of_nobodys_is_another_fault()
    {
        var exception = await SaveAsync(
            new UserSession
            {
                KeyHash = [1],
                UserId = "nobody",
                CreatedUtc = Noon,
                ExpiresUtc = Noon,
                LastSeenUtc = Noon,
                Browser = "A browser",
                MultiFactor = false,
            }
        );

        Assert.False(exception.IsUniqueViolation());
    }

    [Theory]
    [InlineData(547, true)]
    [InlineData(2627, false)]
    [InlineData(1205, false)]
    public void SQL_Server_tells_a_gone_account_by_one_number(int number, bool isForeignKey)
    {
        var exception = new DbUpdateException("conflicted", SqlServerError(number));

        Assert.Equal(isForeignKey, exception.IsForeignKeyViolation());
    }

    [Theory]
    [InlineData(2601, true)]
    [InlineData(2627, true)]
    [InlineData(547, false)]
    [InlineData(515, false)]
    [InlineData(1205, false)]
    [InlineData(-2, false)]
    public void SQL_Server_tells_it_by_two_numbers(int number, bool isUnique)
    {
        var exception = new DbUpdateException("Violation of UNIQUE KEY", SqlServerError(number));

        Assert.Equal(isUnique, exception.IsUniqueViolation());
    }

    [Fact]
    public void The_words_of_a_fault_say_nothing()
    {
        var exception = new DbUpdateException(
            "UNIQUE constraint failed",
            new InvalidOperationException("2627 UNIQUE constraint failed")
        );

        Assert.False(exception.IsUniqueViolation());
    }

    private static ServerSecret Secret(string name) => new() { Name = name, Value = [1] };

    /// <summary>Saves each row by a context of its own and gives the fault of the last.</summary>
    private static async Task<DbUpdateException> SaveAsync(params object[] rows)
    {
        using var file = new TemporaryFile();
        await using var instance = Contexts.Instance(DatabaseProvider.Sqlite, file.Connection);
        await using (var scope = instance.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<Otp2faDbContext>()
                .Database.MigrateAsync();
        }

        foreach (var row in rows[..^1])
        {
            await AddAsync(instance, row);
        }

        return await Assert.ThrowsAsync<DbUpdateException>(() => AddAsync(instance, rows[^1]));
    }

    private static async Task AddAsync(ServiceProvider instance, object row)
    {
        await using var scope = instance.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<Otp2faDbContext>();
        context.Add(row);
        await context.SaveChangesAsync();
    }

    /// <summary>An exception as the client makes it of a server's answer; it has no public way to be made.</summary>
    private static SqlException SqlServerError(int number)
    {
        const BindingFlags Hidden =
            BindingFlags.Instance
            | BindingFlags.Static
            | BindingFlags.NonPublic
            | BindingFlags.Public;
        var error = typeof(SqlError)
            .GetConstructors(Hidden)
            .OrderBy(constructor => constructor.GetParameters().Length)
            .Select(constructor =>
                constructor.Invoke([
                    .. constructor
                        .GetParameters()
                        .Select(
                            (parameter, i) =>
                                i == 0 ? number
                                : parameter.ParameterType == typeof(string) ? "text"
                                : parameter.ParameterType.IsValueType
                                    ? Activator.CreateInstance(parameter.ParameterType)
                                : null
                        ),
                ])
            )
            .First();
        var errors = (SqlErrorCollection)
            typeof(SqlErrorCollection).GetConstructors(Hidden)[0].Invoke([]);
        typeof(SqlErrorCollection).GetMethod("Add", Hidden)!.Invoke(errors, [error]);
        var create = typeof(SqlException)
            .GetMethods(Hidden)
            .First(method =>
                method.Name == "CreateException"
                && method.GetParameters()
                    is [{ ParameterType: var first }, { ParameterType: var second }]
                && first == typeof(SqlErrorCollection)
                && second == typeof(string)
            );
        return (SqlException)create.Invoke(null, [errors, "16.0"])!;
    }
}
