using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Operations.Users;

/// <param name="Before">The account as it was before.</param>
/// <param name="IsDone">False if it was not done, and nothing was changed.</param>
internal sealed record DeskResult(AccountState Before, bool IsDone);

/// <summary>
/// What an operator can do for the owner of an account. Accounts are found as the site finds them; every answer is null if
/// there is none.
/// </summary>
internal sealed class UserDesk(
    Otp2faUserManager users,
    AccountStates states,
    AccountChanges changes,
    SessionStore sessions,
    Lockouts lockouts,
    Otp2faDbContext db,
    ILogger<UserDesk> logger
)
{
    // Each try is lost to another change in the same milliseconds.
    private const int Tries = 5;

    public async Task<AccountState?> ShowAsync(string email, CancellationToken cancellationToken) =>
        await users.FindByEmailAsync(email) is { } user
            ? await states.ReadAsync(user, cancellationToken)
            : null;

    /// <summary>Takes every second factor away. Not done if the account changes elsewhere at every try.</summary>
    public async Task<DeskResult?> ResetTwoFactorAsync(
        string email,
        string reason,
        CancellationToken cancellationToken
    )
    {
        for (var tries = 1; ; tries++)
        {
            // A row that is tracked is not read anew.
            db.ChangeTracker.Clear();
            if (await users.FindByEmailAsync(email) is not { } user)
            {
                return null;
            }

            var before = await states.ReadAsync(user, cancellationToken);
            if (await changes.ResetAsync(user, reason))
            {
                return new DeskResult(before, IsDone: true);
            }

            if (tries == Tries)
            {
                return new DeskResult(before, IsDone: false);
            }
        }
    }

    /// <summary>Lets the password be tried again. Not done if there is nothing to end.</summary>
    public async Task<DeskResult?> UnlockAsync(string email, CancellationToken cancellationToken)
    {
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            return null;
        }

        var before = await states.ReadAsync(user, cancellationToken);
        var isDone = await lockouts.EndAsync(user);
        if (isDone)
        {
            logger.Unlocked(user.Id);
        }

        return new DeskResult(before, isDone);
    }

    /// <summary>Signs the person out everywhere. Not done if there was no session.</summary>
    public async Task<DeskResult?> EndSessionsAsync(
        string email,
        CancellationToken cancellationToken
    )
    {
        if (await users.FindByEmailAsync(email) is not { } user)
        {
            return null;
        }

        var before = await states.ReadAsync(user, cancellationToken);
        var isDone = await sessions.EndAllAsync(user.Id) > 0;
        if (isDone)
        {
            logger.SessionsEnded(user.Id);
        }

        return new DeskResult(before, isDone);
    }
}
