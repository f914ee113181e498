using Microsoft.EntityFrameworkCore;

namespace Otp2fa.Web.Data;

internal static class AccountRows
{
    /// <summary>
    /// Inserts one row that belongs to an account and stops tracking it: from here on it changes by conditional UPDATE
    /// only. Not cancelled with the browser: a message goes out, or a code was used, on the strength of this row.
    /// </summary>
    /// <exception cref="AccountGoneException">The account was deleted meanwhile.</exception>
    public static async Task InsertAsync<TRow>(this Otp2faDbContext db, TRow row)
        where TRow : class
    {
        var entry = db.Add(row);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException exception) when (exception.IsForeignKeyViolation())
        {
            throw new AccountGoneException("The account was deleted meanwhile.", exception);
        }
        finally
        {
            entry.State = EntityState.Detached;
        }
    }
}
