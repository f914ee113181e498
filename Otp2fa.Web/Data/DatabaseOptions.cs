using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Data;

/// <summary>The database engines that have migrations.</summary>
public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>Section <c>Database</c>; the connection string itself is <c>ConnectionStrings:Otp2fa</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    public const string ConnectionName = "Otp2fa";

    /// <summary>Which engine. Left empty, Development uses SQLite; Production wants it said.</summary>
    public DatabaseProvider? Provider { get; set; }

    /// <summary>Applies missing migrations at start. On in the development settings; otherwise off, and migrations are
    /// the operator's step.</summary>
    public bool MigrateAtStart { get; set; }
}

internal sealed class DatabaseOptionsValidator(
    IHostEnvironment environment,
    IConfiguration configuration
) : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (environment.IsDevelopment())
        {
            return options.Provider == DatabaseProvider.SqlServer && HasNoConnectionString()
                ? ValidateOptionsResult.Fail(
                    "ConnectionStrings:Otp2fa is missing: SQL Server needs one."
                )
                : ValidateOptionsResult.Success;
        }

        List<string> failures = [];
        if (options.Provider is null)
        {
            failures.Add(
                "Database:Provider is missing. Set it to SqlServer (or Sqlite for a site of one instance)."
            );
        }

        if (HasNoConnectionString())
        {
            failures.Add(
                "ConnectionStrings:Otp2fa is missing. Set the connection string of the database."
            );
        }

        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures);
    }

    private bool HasNoConnectionString() =>
        string.IsNullOrWhiteSpace(
            configuration.GetConnectionString(DatabaseOptions.ConnectionName)
        );
}
