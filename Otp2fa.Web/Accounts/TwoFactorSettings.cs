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

    /// <summary>There is no proved number, and no app, to turn two-factor authentication on with.</summary>
    NumberNeeded,

    /// <summary>It is so already; nothing was done.</summary>
    AlreadySo,

    /// <summary>The account must keep two-factor authentication on.</summary>
    Required,

    /// <summary>The account was changed elsewhere at the same moment; nothing was done.</summary>
    ChangedElsewhere,
}

/// <summary>
/// The second factors of the person of the current session. What a change asks for first stands on the page handlers, as
/// <see cref="RequireStepUpAttribute"/>.
/// </summary>
internal sealed class TwoFactorSettings(
    AccountChanges changes,
    Otp2faSignInManager signIn,
    PendingConfirmations confirmations,
    RecoveryCodes recoveryCodes,
    RecoveryCodeHandover handover,
    TwoFactorPolicy policy,
    CurrentSession session
)
{
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

        switch (await changes.BindNumberAsync(user, confirmation.Number))
        {
            case NumberBinding.Bound:
                await signIn.RenewSessionAsync(user, Factor.Sms);
                return submission;
            case NumberBinding.NumberTaken:
                return new PinSubmission(PinSubmissionStatus.NumberTaken);
            case NumberBinding.ChangedElsewhere:
                return new PinSubmission(PinSubmissionStatus.Superseded);
        }

        throw new InvalidOperationException("No rule for this binding.");
    }

    /// <summary>
    /// Turns two-factor authentication on. The number, or the app, must have answered in this very session a moment ago, and
    /// the password must be recent, so that the session that goes on is one that gave both factors; every other session ends
    /// (threat T14).
    /// </summary>
    public async Task<FactorChange> TurnOnAsync(ApplicationUser user)
    {
        if (user.TwoFactorEnabled)
        {
            // Or whoever finds a signed-in browser got new recovery codes by it.
            return FactorChange.AlreadySo;
        }

        if (!user.HasSecondFactor())
        {
            return FactorChange.NumberNeeded;
        }

        if (!session.HasFreshFactor || !session.HasRecentPassword)
        {
            return FactorChange.StepUpNeeded;
        }

        if (!await changes.SwitchTwoFactorAsync(user, on: true))
        {
            return FactorChange.ChangedElsewhere;
        }

        await signIn.RenewSessionAsync(user);
        await handover.RenewAsync(user);
        return FactorChange.Done;
    }

    /// <summary>
    /// Sets an authenticator app up with the key whose code was typed, in place of any before, and turns two-factor
    /// authentication on. Other sessions end.
    /// </summary>
    public async Task<FactorChange> SetAppUpAsync(ApplicationUser user, AppKey key, long step)
    {
        var wasOn = user.TwoFactorEnabled;
        if (!await changes.BindAppAsync(user, key, step))
        {
            return FactorChange.ChangedElsewhere;
        }

        await signIn.RenewSessionAsync(user, Factor.App);
        if (!wasOn)
        {
            await handover.RenewAsync(user);
        }

        return FactorChange.Done;
    }

    /// <summary>Takes the app away; if it was the last factor, two-factor authentication goes off with it.</summary>
    public Task<FactorChange> RemoveAppAsync(ApplicationUser user) =>
        RemoveAsync(user, isLast: user.GetProvedNumber() is null, changes.RemoveAppAsync);

    /// <summary>Takes the number away; if it was the last factor, two-factor authentication goes off with it.</summary>
    public Task<FactorChange> RemoveNumberAsync(ApplicationUser user) =>
        RemoveAsync(user, isLast: !user.HasApp(), changes.RemoveNumberAsync);

    /// <summary>Turns it off. Number and app stay, and could turn it on again. Other sessions end.</summary>
    public async Task<FactorChange> TurnOffAsync(ApplicationUser user)
    {
        if (!user.TwoFactorEnabled)
        {
            return FactorChange.AlreadySo;
        }

        if (await policy.IsRequiredAsync(user))
        {
            return FactorChange.Required;
        }

        if (!await changes.SwitchTwoFactorAsync(user, on: false))
        {
            return FactorChange.ChangedElsewhere;
        }

        await signIn.RenewSessionAsync(user);
        return FactorChange.Done;
    }

    /// <summary>Which factor a sign-in asks for first, of the two that the account has.</summary>
    public Task<bool> PreferAsync(ApplicationUser user, Factor factor) =>
        changes.PreferAsync(user, factor);

    /// <summary>New recovery codes in place of all there were (T15). They wait for the page that shows them.</summary>
    /// <returns>False if the account was changed elsewhere at the same moment; then nothing was done.</returns>
    public Task<bool> RenewRecoveryCodesAsync(ApplicationUser user) => handover.RenewAsync(user);

    /// <summary>How many recovery codes are left, and whether the person has kept them.</summary>
    public Task<RecoveryCodeCount> CountRecoveryCodesAsync(ApplicationUser user) =>
        recoveryCodes.CountAsync(user);

    /// <summary>Whether the account must keep two-factor authentication on.</summary>
    public Task<bool> IsRequiredAsync(ApplicationUser user) => policy.IsRequiredAsync(user);

    private async Task<FactorChange> RemoveAsync(
        ApplicationUser user,
        bool isLast,
        Func<ApplicationUser, Task<bool>> remove
    )
    {
        if (isLast && user.TwoFactorEnabled && await policy.IsRequiredAsync(user))
        {
            return FactorChange.Required;
        }

        if (!await remove(user))
        {
            return FactorChange.ChangedElsewhere;
        }

        await signIn.RenewSessionAsync(user);
        return FactorChange.Done;
    }
}
