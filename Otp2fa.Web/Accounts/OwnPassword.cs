using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <summary>What a change of the own password came to.</summary>
public enum PasswordChangeStatus
{
    Done,

    /// <summary>The old password is not the one of the account.</summary>
    WrongPassword,

    /// <summary>Too many were wrong. If it was this person who typed them, the session ended too (limit L17).</summary>
    LockedOut,

    /// <summary>The new password may not be used; the sentences say why.</summary>
    Refused,

    /// <summary>The account was changed elsewhere at the same moment; nothing was done.</summary>
    ChangedElsewhere,
}

/// <param name="Status">What it came to.</param>
/// <param name="Sentences">What is wrong with the new password.</param>
public sealed record PasswordChangeResult(
    PasswordChangeStatus Status,
    IReadOnlyList<string>? Sentences = null
);

/// <summary>The password of the person of the current session: checked again, and changed.</summary>
internal sealed class OwnPassword(
    Otp2faUserManager users,
    Otp2faSignInManager signIn,
    PasswordCheck passwords,
    PasswordWork work,
    AccessChanges changes
)
{
    /// <summary>Checks it as a sign-in does: wrong ones count (R46), and as many as begin a wait end the session (L17).</summary>
    /// <returns>Done, WrongPassword or LockedOut.</returns>
    public async Task<PasswordChangeStatus> CheckAsync(ApplicationUser user, string password)
    {
        if (await users.IsLockedOutAsync(user))
        {
            return PasswordChangeStatus.LockedOut;
        }

        var verdict = await passwords.CheckAsync(user.UserName!, user, password);
        if (verdict.Status == PasswordVerdictStatus.WrongAndLocked)
        {
            await signIn.SignOutAsync();
        }

        return verdict.Status switch
        {
            PasswordVerdictStatus.Right => PasswordChangeStatus.Done,
            PasswordVerdictStatus.Wrong => PasswordChangeStatus.WrongPassword,
            PasswordVerdictStatus.WrongAndLocked
            or PasswordVerdictStatus.Locked
            or PasswordVerdictStatus.TooManyFromHere => PasswordChangeStatus.LockedOut,
        };
    }

    /// <summary>
    /// Changes it, knowing the old one (ASVS 6.2.3). Other sessions, codes on their way and remembered browsers end.
    /// </summary>
    public async Task<PasswordChangeResult> ChangeAsync(
        ApplicationUser user,
        string oldPassword,
        string newPassword
    )
    {
        if (await CheckAsync(user, oldPassword) is not PasswordChangeStatus.Done and var refused)
        {
            return new PasswordChangeResult(refused);
        }

        var verdict = await users.JudgeNewPasswordAsync(user, newPassword);
        if (!verdict.Succeeded)
        {
            return new PasswordChangeResult(
                PasswordChangeStatus.Refused,
                [.. verdict.Errors.Select(error => error.Description)]
            );
        }

        var hash = await work.HashAsync(user, newPassword);
        if (!await changes.SetPasswordAsync(user, hash))
        {
            return new PasswordChangeResult(PasswordChangeStatus.ChangedElsewhere);
        }

        await signIn.RenewSessionAsync(user, Factor.Password);
        return new PasswordChangeResult(PasswordChangeStatus.Done);
    }
}
