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

    /// <summary>The password was right; the second factor is still to be given.</summary>
    FactorNeeded,

    /// <summary>The password was right, but no code could be sent.</summary>
    CodeNotSent,
}

/// <param name="Status">What it came to.</param>
/// <param name="Factor">Which second factor is asked for.</param>
/// <param name="Denial">Why no code could be sent.</param>
public sealed record StepUpResult(
    StepUpStatus Status,
    Factor? Factor = null,
    SendDenial? Denial = null
);

/// <summary>
/// Confirms that the person at the keyboard is still the owner: the password again, and a second factor unless one
/// was given in this session a moment ago. What was given is noted in the session row, under a new session id.
/// </summary>
internal sealed class StepUp(
    Otp2faSignInManager signIn,
    PendingConfirmations confirmations,
    AppChecker app,
    RecoveryChecker recovery,
    RecoveryCodes recoveryCodes,
    CurrentSession session,
    SessionStore sessions
)
{
    /// <summary>
    /// The one rule of what a sensitive change asks for (R10): a password typed again and a second factor, both fresh. An
    /// account that has no second factor to ask for needs a recent password all the same, that of the sign-in included, or
    /// whoever finds a signed-in browser could lock its owner out for good.
    /// </summary>
    public bool IsNeeded(ApplicationUser user) =>
        user.HasSecondFactor()
            ? !(session.HasFreshPassword && session.HasFreshFactor)
            : !session.HasRecentPassword;

    /// <summary>The password was typed again a moment ago, so that a second factor may follow.</summary>
    public bool IsPasswordGiven => session.HasFreshPassword;

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

        if (session.HasFreshFactor || user.FirstFactor() is not { } factor)
        {
            if (!await signIn.RenewSessionAsync(user, Factor.Password, isStepUp: true))
            {
                return new StepUpResult(StepUpStatus.SessionEnded);
            }

            await signIn.UserManager.ResetAccessFailedCountAsync(user);
            return new StepUpResult(StepUpStatus.Done);
        }

        // The key changes when the factor was given too. Now would leave a person whose browser gives this request up, in
        // the seconds that a send can take, with a key that is dead.
        if (session.Row is not { } row || !await sessions.NotePasswordAsync(row))
        {
            return new StepUpResult(StepUpStatus.SessionEnded);
        }

        return factor == Factor.Sms && await SendAsync(user) is { } denial
            ? new StepUpResult(StepUpStatus.CodeNotSent, factor, denial)
            : new StepUpResult(StepUpStatus.FactorNeeded, factor);
    }

    /// <summary>Sends a code for this step-up, or the one there is once more.</summary>
    /// <returns>Null when it is on its way; otherwise why it is not.</returns>
    public async Task<SendDenial?> SendAsync(ApplicationUser user) =>
        user.GetProvedNumber() is { } number
            ? await confirmations.StartAsync(user, ChallengePurpose.StepUp, number)
            : new SendDenial(SendRefusal.NoProvedNumber);

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
            await ConfirmAsync(user, Factor.Sms);
        }

        return submission;
    }

    public async Task<AppSubmission> SubmitAppCodeAsync(ApplicationUser user, PinCode code)
    {
        var submission = await app.SubmitAsync(user, code);
        if (submission.Status == AppSubmissionStatus.Verified)
        {
            await ConfirmAsync(user, Factor.App);
        }

        return submission;
    }

    public async Task<RecoverySubmission> SubmitRecoveryCodeAsync(ApplicationUser user, string code)
    {
        var submission = await recovery.SubmitAsync(user, code);
        if (submission.Status == RecoverySubmissionStatus.Verified)
        {
            await ConfirmAsync(user, Factor.RecoveryCode);
        }

        return submission;
    }

    /// <summary>What else this person could give instead.</summary>
    public async Task<IReadOnlyList<Factor>> OtherWaysAsync(ApplicationUser user, Factor used) =>
        [.. (await recoveryCodes.FactorsOfAsync(user)).Where(factor => factor != used)];

    private async Task ConfirmAsync(ApplicationUser user, Factor factor)
    {
        await signIn.RenewSessionAsync(user, factor, isStepUp: true);
        await signIn.UserManager.ResetAccessFailedCountAsync(user);
    }
}
