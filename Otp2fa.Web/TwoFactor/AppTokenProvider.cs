using Microsoft.AspNetCore.Identity;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// Identity's provider of authenticator apps, under its stock name <c>Authenticator</c> and with its stock codes (RFC 6238,
/// SHA-1, six digits, 30 seconds). Identity's own class says only right or wrong, so a code it takes once it takes for
/// minutes; this one takes a time step once and counts wrong codes. Serves the two-factor sign-in alone, as
/// <see cref="SmsTokenProvider"/> does.
/// </summary>
internal sealed class AppTokenProvider(AppChecker checker, PendingChallenge pending)
    : IUserTwoFactorTokenProvider<ApplicationUser>
{
    /// <returns>Empty: the code is made in the app.</returns>
    public Task<string> GenerateAsync(
        string purpose,
        UserManager<ApplicationUser> manager,
        ApplicationUser user
    ) => Task.FromResult(string.Empty);

    public async Task<bool> ValidateAsync(
        string purpose,
        string token,
        UserManager<ApplicationUser> manager,
        ApplicationUser user
    )
    {
        if (
            purpose != PendingChallenge.Purpose
            || pending.AppCode is not { } code
            || code.Digits != token
        )
        {
            return false;
        }

        var submission = await checker.SubmitAsync(user, code);
        pending.Report(submission);
        return submission.Status == AppSubmissionStatus.Verified;
    }

    /// <summary>Whether the account has an app; never whether its codes are taken right now, which must not switch 2FA off (F7).</summary>
    public Task<bool> CanGenerateTwoFactorTokenAsync(
        UserManager<ApplicationUser> manager,
        ApplicationUser user
    ) => Task.FromResult(user.HasApp());
}
