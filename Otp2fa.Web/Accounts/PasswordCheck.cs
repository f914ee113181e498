using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.Accounts;

/// <summary>What a typed password came to.</summary>
public enum PasswordVerdictStatus
{
    Right,
    Wrong,

    /// <summary>Wrong, and so many were in a row that the next must wait.</summary>
    WrongAndLocked,

    /// <summary>Not checked: so many were wrong that this one came too soon.</summary>
    Locked,

    /// <summary>Not checked: too many wrong ones came from the client's address or network, for whatever accounts.</summary>
    TooManyFromHere,
}

/// <param name="Status">What it came to.</param>
/// <param name="Until">When the next may be typed, where this one was not checked.</param>
internal sealed record PasswordVerdict(PasswordVerdictStatus Status, DateTimeOffset? Until = null)
{
    public bool IsRight => Status == PasswordVerdictStatus.Right;
}

/// <summary>
/// The one place where a typed password is checked, at a sign-in and everywhere else (R46). Every answer takes one hash,
/// whether there is an account, a password or a lock (ASVS 6.3.8); the one about the client's
/// address takes none.
/// </summary>
internal sealed class PasswordCheck(
    Otp2faUserManager users,
    PasswordAttempts attempts,
    PasswordWork work,
    IAuditTrail audit,
    ILogger<PasswordCheck> logger
)
{
    /// <param name="name">As it was typed.</param>
    /// <param name="user">Null if there is none.</param>
    /// <param name="password">As it was typed.</param>
    /// <param name="isBarred">The account may not sign in: a right password is none, and that is not to be seen.</param>
    /// <exception cref="SiteBusyException">Nothing was checked, and nothing is counted.</exception>
    public async Task<PasswordVerdict> CheckAsync(
        string name,
        ApplicationUser? user,
        string password,
        bool isBarred = false
    )
    {
        // The account's own name: databases find it by spellings that would each be a name of its own here.
        var counted = user?.NormalizedUserName ?? users.NormalizeName(name)!;
        // Before the turn, and without one: the answer says nothing about an account, and must not cost others theirs.
        if (await attempts.FindPlaceLimitAsync(user) is { } full)
        {
            return Refuse(full, user);
        }

        using var turn = await work.EnterAsync();
        var (attempt, limited) = await attempts.TryBeginAsync(counted, user);
        if (attempt is null)
        {
            // The time of a hash, unless the browser knows the account anyway; and counted for where it comes from, or
            // refused ones would be hashes without end.
            if (await attempts.CountRefusedAsync(user))
            {
                await turn.SpendAsync(password);
            }

            return Refuse(limited!, user);
        }

        if (await IsRightAsync(user, password, turn) && !isBarred)
        {
            await attempts.AcceptAsync(attempt);
            return new PasswordVerdict(PasswordVerdictStatus.Right);
        }

        var failures = await attempts.RecordWrongAsync(user, attempt);
        if (user is null)
        {
            audit.Record(AuditKind.WrongPassword, factor: Factor.Password, purpose: "unknown name");
        }

        return new PasswordVerdict(
            failures.IsLocked ? PasswordVerdictStatus.WrongAndLocked : PasswordVerdictStatus.Wrong
        );
    }

    private PasswordVerdict Refuse(PasswordLimited limited, ApplicationUser? user)
    {
        logger.PasswordNotChecked(limited.IsOfPlace ? "the client's address" : "the name");
        audit.Record(
            AuditKind.PasswordNotChecked,
            user?.Id,
            Factor.Password,
            limited.IsOfPlace ? "client" : "name"
        );
        return new PasswordVerdict(
            limited.IsOfPlace
                ? PasswordVerdictStatus.TooManyFromHere
                : PasswordVerdictStatus.Locked,
            limited.Until
        );
    }

    private async Task<bool> IsRightAsync(ApplicationUser? user, string password, PasswordTurn turn)
    {
        if (user is not null)
        {
            return await users.CheckPasswordAsync(user, password, turn);
        }

        await turn.SpendAsync(password);
        return false;
    }
}
