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

    /// <summary>Too many were wrong. If it was this person who typed them, the session ended too (limit L17).</summary>
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
    OwnPassword ownPassword,
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
    /// account with two-factor authentication off needs a recent password all the same, that of the sign-in included, or
    /// whoever finds a signed-in browser could lock its owner out for good.
    /// </summary>
    public bool IsNeeded(ApplicationUser user) =>
        user.TwoFactorEnabled
            ? !(session.HasFreshPassword && session.HasFreshFactor)
            : !session.HasRecentPassword;

    /// <summary>The password was typed again a moment ago, so that a second factor may follow.</summary>
    public bool IsPasswordGiven => session.HasFreshPassword;

    /// <param name="user">The person of the current session.</param>
    /// <param name="password">As typed.</param>
    /// <param name="withFactor">Asks for a factor although two-factor authentication is off: it is to be turned on.</param>
    public async Task<StepUpResult> SubmitPasswordAsync(
        ApplicationUser user,
        string password,
        bool withFactor
    )
    {
        switch (await ownPassword.CheckAsync(user, password))
        {
            case PasswordChangeStatus.LockedOut:
                return new StepUpResult(StepUpStatus.LockedOut);
            case PasswordChangeStatus.WrongPassword:
                return new StepUpResult(StepUpStatus.WrongPassword);
        }

        // An account that has 2FA on and nothing to ask for, which no page brings about, still has its recovery codes.
        var first =
            user.TwoFactorEnabled ? user.FirstFactor() ?? Factor.RecoveryCode
            : withFactor ? user.FirstFactor()
            : null;
        if (session.HasFreshFactor || first is not { } factor)
        {
            if (!await signIn.RenewSessionAsync(user, Factor.Password, isStepUp: true))
            {
                return new StepUpResult(StepUpStatus.SessionEnded);
            }

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

    /// <returns>Null if the code was right and the session had ended meanwhile, so that nothing is confirmed.</returns>
    public async Task<PinSubmission?> SubmitPinAsync(
        ApplicationUser user,
        PendingConfirmation confirmation,
        PinCode pin
    )
    {
        var submission = await confirmations.SubmitAsync(user, confirmation, pin);
        return
            submission.Status != PinSubmissionStatus.Verified
            || await ConfirmAsync(user, Factor.Sms)
            ? submission
            : null;
    }

    /// <inheritdoc cref="SubmitPinAsync"/>
    public async Task<AppSubmission?> SubmitAppCodeAsync(ApplicationUser user, PinCode code)
    {
        var submission = await app.SubmitAsync(user, code);
        return
            submission.Status != AppSubmissionStatus.Verified
            || await ConfirmAsync(user, Factor.App)
            ? submission
            : null;
    }

    /// <inheritdoc cref="SubmitPinAsync"/>
    public async Task<RecoverySubmission?> SubmitRecoveryCodeAsync(
        ApplicationUser user,
        string code
    )
    {
        var submission = await recovery.SubmitAsync(user, code);
        return
            submission.Status != RecoverySubmissionStatus.Verified
            || await ConfirmAsync(user, Factor.RecoveryCode)
            ? submission
            : null;
    }

    /// <summary>What this person could give.</summary>
    public Task<IReadOnlyList<Factor>> WaysAsync(ApplicationUser user) =>
        recoveryCodes.FactorsOfAsync(user);

    private async Task<bool> ConfirmAsync(ApplicationUser user, Factor factor)
    {
        return await signIn.RenewSessionAsync(user, factor, isStepUp: true);
    }
}
