using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <param name="Error">Why what was typed was not taken; null if it was.</param>
/// <param name="Notice">What to say of it then.</param>
/// <param name="IsLost">The session ended meanwhile; nothing is confirmed.</param>
internal sealed record StepUpTry(
    string? Error,
    string Notice = CodeTexts.SteppedUp,
    bool IsLost = false
)
{
    public static StepUpTry Lost { get; } = new(Error: null, IsLost: true);
}

/// <summary>Takes what a person types as the second factor of a step-up, and answers in sentences.</summary>
internal sealed class StepUpTries(
    StepUp stepUp,
    IOptions<TwoFactorOptions> options,
    TimeProvider time
)
{
    /// <param name="user">The person of the current session.</param>
    /// <param name="way">As the page was opened; what is no way of its own is the message.</param>
    /// <param name="text">As typed.</param>
    public Task<StepUpTry> SubmitAsync(ApplicationUser user, Factor way, string? text) =>
        way switch
        {
            Factor.App => SubmitAppCodeAsync(user, text),
            Factor.RecoveryCode => SubmitRecoveryCodeAsync(user, text),
            _ => SubmitPinAsync(user, text),
        };

    private async Task<StepUpTry> SubmitPinAsync(ApplicationUser user, string? text)
    {
        var digits = options.Value.PinLength;
        var (pin, refusal) = PinCode.Parse(text, digits);
        if (pin is null)
        {
            return new StepUpTry(CodeTexts.Of(refusal!.Value, digits));
        }

        if (await stepUp.FindAsync(user) is not { } confirmation)
        {
            return new StepUpTry(CodeTexts.Of((ChallengeStatus?)null));
        }

        return await stepUp.SubmitPinAsync(user, confirmation, pin) is { } submission
            ? new StepUpTry(CodeTexts.Of(submission, time.GetUtcNow()))
            : StepUpTry.Lost;
    }

    private async Task<StepUpTry> SubmitAppCodeAsync(ApplicationUser user, string? text)
    {
        var (code, refusal) = PinCode.Parse(text, AppKey.Digits);
        if (code is null)
        {
            return new StepUpTry(FactorTexts.OfApp(refusal!.Value));
        }

        return await stepUp.SubmitAppCodeAsync(user, code) is { } submission
            ? new StepUpTry(FactorTexts.Of(submission, time.GetUtcNow()))
            : StepUpTry.Lost;
    }

    private async Task<StepUpTry> SubmitRecoveryCodeAsync(ApplicationUser user, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new StepUpTry(RecoveryTexts.Empty);
        }

        return await stepUp.SubmitRecoveryCodeAsync(user, text) is { } submission
            ? new StepUpTry(
                FactorTexts.Of(submission, time.GetUtcNow()),
                RecoveryTexts.UsedToConfirm(submission.Left)
            )
            : StepUpTry.Lost;
    }
}
