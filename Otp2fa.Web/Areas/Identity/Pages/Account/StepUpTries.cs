using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <param name="Error">Why what was typed was not taken; null if it was.</param>
/// <param name="Notice">What to say of it then.</param>
internal sealed record StepUpTry(string? Error, string Notice = CodeTexts.SteppedUp);

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

        return new StepUpTry(
            await stepUp.FindAsync(user) is { } confirmation
                ? CodeTexts.Of(
                    await stepUp.SubmitPinAsync(user, confirmation, pin),
                    time.GetUtcNow()
                )
                : CodeTexts.Of((ChallengeStatus?)null)
        );
    }

    private async Task<StepUpTry> SubmitAppCodeAsync(ApplicationUser user, string? text)
    {
        var (code, refusal) = PinCode.Parse(text, AppKey.Digits);
        return new StepUpTry(
            code is null
                ? FactorTexts.OfApp(refusal!.Value)
                : FactorTexts.Of(await stepUp.SubmitAppCodeAsync(user, code), time.GetUtcNow())
        );
    }

    private async Task<StepUpTry> SubmitRecoveryCodeAsync(ApplicationUser user, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new StepUpTry(RecoveryTexts.Empty);
        }

        var submission = await stepUp.SubmitRecoveryCodeAsync(user, text);
        return new StepUpTry(
            FactorTexts.Of(submission, time.GetUtcNow()),
            RecoveryTexts.UsedToConfirm(submission.Left)
        );
    }
}
