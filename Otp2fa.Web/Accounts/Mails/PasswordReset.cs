using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>What a reset came to.</summary>
public enum PasswordResetStatus
{
    Done,

    /// <summary>The link is none, was used, is too old, or belongs to another address than was typed.</summary>
    DeadLink,

    /// <summary>The new password may not be used; the sentences say why. The link still works.</summary>
    Refused,

    /// <summary>The address that it would give back has another account by now.</summary>
    AddressTaken,
}

/// <param name="Status">What it came to.</param>
/// <param name="Sentences">What is wrong with the new password.</param>
public sealed record PasswordResetResult(
    PasswordResetStatus Status,
    IReadOnlyList<string>? Sentences = null
);

/// <summary>
/// A new password for who has the mailbox. Nobody is signed in by it, and the second factor stays (ASVS 6.4.3, R09); all
/// sessions and remembered browsers end.
/// </summary>
internal sealed class PasswordReset(
    LinkTokens tokens,
    Otp2faUserManager users,
    Otp2faSignInManager signIn,
    CurrentSession session,
    AccessChanges changes,
    IOptions<MailOptions> mail
)
{
    /// <summary>False where mail is switched off.</summary>
    public bool IsOpen => !mail.Value.Disabled;

    /// <param name="code">Of the link.</param>
    /// <param name="email">The address, typed.</param>
    /// <param name="password">Taken as typed.</param>
    public async Task<PasswordResetResult> ResetAsync(string? code, string email, string password)
    {
        if (
            await tokens.FindAsync(LinkPurpose.ResetPassword, code) is not { } target
            || users.NormalizeEmail(email) != users.NormalizeEmail(target.Address)
        )
        {
            return new PasswordResetResult(PasswordResetStatus.DeadLink);
        }

        var user = target.User;
        var verdict = await users.JudgeNewPasswordAsync(user, password);
        if (!verdict.Succeeded)
        {
            return new PasswordResetResult(
                PasswordResetStatus.Refused,
                [.. verdict.Errors.Select(error => error.Description)]
            );
        }

        var hash = users.PasswordHasher.HashPassword(user, password);
        var status = await changes.ResetPasswordAsync(user, hash, target) switch
        {
            AddressChange.Done => PasswordResetStatus.Done,
            AddressChange.AddressTaken => PasswordResetStatus.AddressTaken,
            AddressChange.ChangedElsewhere => PasswordResetStatus.DeadLink,
        };
        if (status == PasswordResetStatus.Done && session.Row?.UserId == user.Id)
        {
            await signIn.SignOutAsync();
        }

        return new PasswordResetResult(status);
    }
}
