using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Otp2fa.Web.Data;

/// <summary>Tells a lost race from every other database fault, by error number and never by text.</summary>
internal static class ConstraintViolations
{
    // SQLite extended result codes SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY and _FOREIGNKEY.
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;
    private const int SqliteForeignKey = 787;

    // SQL Server: duplicate key row in a unique index, violation of a unique or primary key, of a foreign key.
    private const int SqlServerUniqueIndex = 2601;
    private const int SqlServerUnique = 2627;
    private const int SqlServerForeignKey = 547;

    public static bool IsUniqueViolation(this DbUpdateException exception) =>
        exception.InnerException.IsUniqueViolation();

    /// <summary>Of a statement that was executed without the change tracker, which wraps nothing.</summary>
    public static bool IsUniqueViolation(this Exception? exception) =>
        exception switch
        {
            SqliteException sqlite => sqlite.SqliteExtendedErrorCode
                is SqliteUnique
                    or SqlitePrimaryKey,
            SqlException sql => sql.Number is SqlServerUniqueIndex or SqlServerUnique,
            _ => false,
        };

    public static bool IsForeignKeyViolation(this DbUpdateException exception) =>
        exception.InnerException switch
        {
            SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteForeignKey,
            SqlException sql => sql.Number is SqlServerForeignKey,
            _ => false,
        };
}
