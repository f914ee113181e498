using Otp2fa.Web.Accounts.Pending;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>What a change of the second factor came to.</summary>
public enum FactorChange
{
    Done,

    /// <summary>The person must first give what <see cref="StepUp"/> asks for.</summary>
    StepUpNeeded,

    /// <summary>There is no proved number to turn two-factor authentication on with.</summary>
    NumberNeeded,

    /// <summary>The account was changed elsewhere at the same moment; nothing was done.</summary>
    ChangedElsewhere,
}

/// <summary>Proving a number, and turning two-factor authentication on and off, for the person of the current session.</summary>
internal sealed class TwoFactorSettings(
    Otp2faUserManager users,
    Otp2faSignInManager signIn,
    PendingConfirmations confirmations,
    RecoveryCodes recoveryCodes,
    RecoveryCodeHandover handover,
    CurrentSession session
)
{
    /// <summary>
    /// Replacing a proved number needs the old factor and the password typed again (ASVS 7.5.1, threat T18). There is no
    /// old factor before the first number; a recent password it needs all the same, or whoever finds a signed-in browser
    /// could lock its owner out for good.
    /// </summary>
    public bool NumberChangeNeedsStepUp(ApplicationUser user) =>
        user.GetProvedNumber() is null
            ? !session.HasRecentPassword
            : !(session.HasFreshPassword && session.HasFreshFactor);

    /// <summary>Sends a code to a new number. The account's number stays as it is until that code is typed back.</summary>
    /// <returns>Null when the code is on its way; otherwise why it is not.</returns>
    public Task<SendDenial?> StartNumberAsync(ApplicationUser user, PhoneNumber number) =>
        confirmations.StartAsync(user, ChallengePurpose.VerifyNumber, number);

    /// <summary>The new number that waits for its code; null if there is none.</summary>
    public Task<PendingConfirmation?> FindNumberAsync(ApplicationUser user) =>
        confirmations.FindAsync(user, ChallengePurpose.VerifyNumber);

    /// <summary>Checks the code and, if it is right, makes the number the account's. Other sessions end.</summary>
    public async Task<PinSubmission> SubmitNumberAsync(
        ApplicationUser user,
        PendingConfirmation confirmation,
        PinCode pin
    )
    {
        var submission = await confirmations.SubmitAsync(user, confirmation, pin);
        if (submission.Status != PinSubmissionStatus.Verified)
        {
            return submission;
        }

        switch (await users.BindProvedNumberAsync(user, confirmation.Number))
        {
            case NumberBinding.Bound:
                await signIn.RenewSessionAsync(user, passwordGiven: false, factorGiven: true);
                return submission;
            case NumberBinding.NumberTaken:
                return new PinSubmission(PinSubmissionStatus.NumberTaken);
            case NumberBinding.ChangedElsewhere:
                return new PinSubmission(PinSubmissionStatus.Superseded);
        }

        throw new InvalidOperationException("No rule for this binding.");
    }

    /// <summary>
    /// Turns two-factor authentication on. The number must have answered in this very session a moment ago, and the
    /// password must be recent, so that the session that goes on is one that gave both factors; every other session ends
    /// (threat T14).
    /// </summary>
    public async Task<FactorChange> TurnOnAsync(ApplicationUser user)
    {
        if (user.GetProvedNumber() is null)
        {
            return FactorChange.NumberNeeded;
        }

        if (!session.HasFreshFactor || !session.HasRecentPassword)
        {
            return FactorChange.StepUpNeeded;
        }

        if (!await users.SwitchTwoFactorAsync(user, on: true))
        {
            return FactorChange.ChangedElsewhere;
        }

        await signIn.RenewSessionAsync(user, passwordGiven: false, factorGiven: false);
        await handover.RenewAsync(user);
        return FactorChange.Done;
    }

    /// <summary>
    /// New recovery codes in place of all there were: the password typed again and a second factor, both fresh (T15). They
    /// wait for the page that shows them.
    /// </summary>
    public async Task<FactorChange> RenewRecoveryCodesAsync(ApplicationUser user)
    {
        if (!session.HasFreshPassword || !session.HasFreshFactor)
        {
            return FactorChange.StepUpNeeded;
        }

        await handover.RenewAsync(user);
        return FactorChange.Done;
    }

    /// <summary>How many recovery codes are left, and whether the person has kept them.</summary>
    public Task<RecoveryCodeCount> CountRecoveryCodesAsync(ApplicationUser user) =>
        recoveryCodes.CountAsync(user);

    /// <summary>Turns it off: the password typed again and a second factor, both fresh (ASVS 7.5.1). Other sessions end.</summary>
    public async Task<FactorChange> TurnOffAsync(ApplicationUser user)
    {
        if (!session.HasFreshPassword || !session.HasFreshFactor)
        {
            return FactorChange.StepUpNeeded;
        }

        if (!await users.SwitchTwoFactorAsync(user, on: false))
        {
            return FactorChange.ChangedElsewhere;
        }

        await recoveryCodes.RemoveAsync(user);

        await signIn.RenewSessionAsync(user, passwordGiven: false, factorGiven: false);
        return FactorChange.Done;
    }
}
