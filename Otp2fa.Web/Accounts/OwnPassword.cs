using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <summary>What a change of the own password came to.</summary>
public enum PasswordChangeStatus
{
    Done,

    /// <summary>The old password is not the one of the account.</summary>
    WrongPassword,

    /// <summary>
    /// The account is locked. If it was this person's wrong passwords that locked it, the session ended too (limit L17).
    /// </summary>
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
    AccessChanges changes
)
{
    /// <summary>Checks it as a sign-in does: wrong ones count, and a lock stands (R46).</summary>
    /// <returns>Done, WrongPassword or LockedOut.</returns>
    public async Task<PasswordChangeStatus> CheckAsync(ApplicationUser user, string password)
    {
        // A stranger's wrong passwords may have locked the account; only this person's own end this person's session.
        var wasLocked = await users.IsLockedOutAsync(user);
        var check = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (check.IsLockedOut && !wasLocked)
        {
            await signIn.SignOutAsync();
        }

        return check switch
        {
            { Succeeded: true } => PasswordChangeStatus.Done,
            { IsLockedOut: true } => PasswordChangeStatus.LockedOut,
            _ => PasswordChangeStatus.WrongPassword,
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

        var hash = users.PasswordHasher.HashPassword(user, newPassword);
        if (!await changes.SetPasswordAsync(user, hash))
        {
            return new PasswordChangeResult(PasswordChangeStatus.ChangedElsewhere);
        }

        await signIn.RenewSessionAsync(user, Factor.Password);
        await users.ResetAccessFailedCountAsync(user);
        return new PasswordChangeResult(PasswordChangeStatus.Done);
    }
}
