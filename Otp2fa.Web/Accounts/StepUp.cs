using Otp2fa.Web.Accounts.Pending;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>What a typed password came to in a step-up.</summary>
public enum StepUpStatus
{
    /// <summary>Everything asked for was given; the sensitive change may be made now.</summary>
    Done,
    WrongPassword,

    /// <summary>
    /// The account is locked. If it was this person's wrong passwords that locked it, the session ended too (limit L17).
    /// </summary>
    LockedOut,

    /// <summary>The session ended while the password was checked; nothing was sent.</summary>
    SessionEnded,

    /// <summary>A code is on its way to the proved number.</summary>
    CodeSent,

    /// <summary>The password was right, but no code could be sent.</summary>
    CodeNotSent,
}

/// <param name="Status">What it came to.</param>
/// <param name="Denial">Why no code could be sent.</param>
public sealed record StepUpResult(StepUpStatus Status, SendDenial? Denial = null);

/// <summary>
/// Confirms that the person at the keyboard is still the owner: the password again, and a code unless a second factor
/// was given in this session a moment ago. What was given is noted in the session row, under a new session id.
/// </summary>
internal sealed class StepUp(
    Otp2faSignInManager signIn,
    PendingConfirmations confirmations,
    CurrentSession session,
    SessionStore sessions
)
{
    public async Task<StepUpResult> SubmitPasswordAsync(ApplicationUser user, string password)
    {
        // A stranger's wrong passwords may have locked the account; only this person's own end this person's session.
        var wasLocked = await signIn.UserManager.IsLockedOutAsync(user);
        var check = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (check.IsLockedOut)
        {
            if (!wasLocked)
            {
                await signIn.SignOutAsync();
            }

            return new StepUpResult(StepUpStatus.LockedOut);
        }

        if (!check.Succeeded)
        {
            return new StepUpResult(StepUpStatus.WrongPassword);
        }

        if (session.HasFreshFactor || user.GetProvedNumber() is not { } number)
        {
            if (!await signIn.RenewSessionAsync(user, passwordGiven: true, factorGiven: false))
            {
                return new StepUpResult(StepUpStatus.SessionEnded);
            }

            await signIn.UserManager.ResetAccessFailedCountAsync(user);
            return new StepUpResult(StepUpStatus.Done);
        }

        // The key changes when the code was given too. Now would leave a person whose browser gives this request up, in
        // the seconds that a send can take, with a key that is dead.
        if (session.Row is not { } row || !await sessions.NotePasswordAsync(row))
        {
            return new StepUpResult(StepUpStatus.SessionEnded);
        }

        return await confirmations.StartAsync(user, ChallengePurpose.StepUp, number) is { } denial
            ? new StepUpResult(StepUpStatus.CodeNotSent, denial)
            : new StepUpResult(StepUpStatus.CodeSent);
    }

    /// <summary>The step-up that waits for its code; null if there is none.</summary>
    public Task<PendingConfirmation?> FindAsync(ApplicationUser user) =>
        confirmations.FindAsync(user, ChallengePurpose.StepUp);

    public async Task<PinSubmission> SubmitPinAsync(
        ApplicationUser user,
        PendingConfirmation confirmation,
        PinCode pin
    )
    {
        var submission = await confirmations.SubmitAsync(user, confirmation, pin);
        if (submission.Status == PinSubmissionStatus.Verified)
        {
            await signIn.RenewSessionAsync(user, passwordGiven: false, factorGiven: true);
            await signIn.UserManager.ResetAccessFailedCountAsync(user);
        }

        return submission;
    }
}
