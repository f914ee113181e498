using Microsoft.AspNetCore.Identity;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// Identity's seam for second factors, filled with Infobip instead of a local TOTP, and registered under the stock name
/// <c>Phone</c> so that no unsent, uncounted code stays valid beside it (F13). The token it returns is Infobip's pinId.
/// Serves the two-factor sign-in alone: every other purpose, and every call whose <see cref="PendingChallenge"/> port
/// was not filled by the sign-in manager, is refused.
/// </summary>
internal sealed class SmsTokenProvider(
    PinSender sender,
    PinChecker checker,
    PendingChallenge pending,
    ILogger<SmsTokenProvider> logger
) : IUserTwoFactorTokenProvider<ApplicationUser>
{
    /// <returns>The pinId, or an empty text if nothing was sent; the port says why.</returns>
    /// <exception cref="InvalidOperationException">Another purpose, or an empty port.</exception>
    public async Task<string> GenerateAsync(
        string purpose,
        UserManager<ApplicationUser> manager,
        ApplicationUser user
    )
    {
        if (purpose != PendingChallenge.Purpose || pending.NewAttempt is not { } attempt)
        {
            throw new InvalidOperationException(
                "The SMS provider sends codes for a sign-in begun by the sign-in manager, and for nothing else."
            );
        }

        if (user.GetProvedNumber() is not { } number)
        {
            logger.NoProvedNumber(user.Id);
            pending.Report(ChallengeStart.Refused(SendRefusal.NoProvedNumber));
            return string.Empty;
        }

        var start = await sender.StartSignInAsync(user, number, attempt, pending.Before);
        pending.Report(start);
        return start.Ticket?.PinId ?? string.Empty;
    }

    public async Task<bool> ValidateAsync(
        string purpose,
        string token,
        UserManager<ApplicationUser> manager,
        ApplicationUser user
    )
    {
        if (
            purpose != PendingChallenge.Purpose
            || pending.Ticket is not { Purpose: ChallengePurpose.SignIn } ticket
            || pending.Pin is not { } pin
            || pin.Digits != token
            || user.GetProvedNumber() is not { } number
        )
        {
            return false;
        }

        var submission = await checker.SubmitAsync(user, number, ticket, pin);
        pending.Report(submission);
        return submission.Status == PinSubmissionStatus.Verified;
    }

    /// <summary>Whether the account has a proved number; never whether Infobip is up, which must not switch 2FA off (F7).</summary>
    public Task<bool> CanGenerateTwoFactorTokenAsync(
        UserManager<ApplicationUser> manager,
        ApplicationUser user
    ) => Task.FromResult(user.GetProvedNumber() is not null);
}
