using Microsoft.EntityFrameworkCore;

namespace Otp2fa.Web.Data;

internal static class AccountRows
{
    /// <summary>
    /// Inserts one row that belongs to an account and stops tracking it: from here on it changes by conditional UPDATE
    /// only. Not cancelled with the browser: a message goes out, or a code was used, on the strength of this row.
    /// </summary>
    /// <exception cref="AccountGoneException">The account was deleted meanwhile.</exception>
    public static Task InsertAsync<TRow>(this Otp2faDbContext db, TRow row)
        where TRow : class => db.InsertAsync<TRow>([row]);

    /// <summary>As <see cref="InsertAsync{TRow}(Otp2faDbContext, TRow)"/>, several at once.</summary>
    public static async Task InsertAsync<TRow>(
        this Otp2faDbContext db,
        IReadOnlyCollection<TRow> rows
    )
        where TRow : class
    {
        db.AddRange(rows);
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
            foreach (var row in rows)
            {
                db.Entry(row).State = EntityState.Detached;
            }
        }
    }
}
