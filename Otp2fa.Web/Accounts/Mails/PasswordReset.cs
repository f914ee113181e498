using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// A new password for who has the mailbox. Nobody is signed in by it, and the second factor stays (ASVS 6.4.3, R09); all
/// sessions and remembered browsers end.
/// </summary>
internal sealed class PasswordReset(
    LinkTokens tokens,
    Otp2faUserManager users,
    Otp2faSignInManager signIn,
    CurrentSession session,
    PasswordWork work,
    DeviceCookie device,
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

        var hash = await work.HashAsync(user, password);
        if (!await changes.ResetPasswordAsync(user, hash))
        {
            return new PasswordResetResult(PasswordResetStatus.DeadLink);
        }

        // Whoever read the mail is the owner: strangers' wrong passwords must not keep this browser out.
        device.Know(user);
        if (session.Row?.UserId == user.Id)
        {
            await signIn.SignOutAsync();
        }

        return new PasswordResetResult(PasswordResetStatus.Done);
    }
}
