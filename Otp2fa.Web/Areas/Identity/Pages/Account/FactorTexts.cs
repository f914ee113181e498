using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The sentences about the other ways in: the authenticator app, and what a person can choose.</summary>
internal static class FactorTexts
{
    public const string ChangedElsewhere =
        "Your account was changed in another window at the same moment. Look at it and try again.";

    public const string Required =
        "Your account must keep two-factor authentication on. To change the way, set up the other one first.";

    public static string OfApp(PinRefusal refusal) =>
        refusal switch
        {
            PinRefusal.Empty => "Enter the code that your app shows.",
            PinRefusal.NotTheFormat => $"Enter the code using only {AppKey.Digits} digits.",
        };

    /// <summary>Why a code of the app was not taken. Null for the one that was.</summary>
    public static string? Of(AppSubmission submission, DateTimeOffset now) =>
        submission.Status switch
        {
            AppSubmissionStatus.Verified => null,
            AppSubmissionStatus.Wrong =>
                "That code is not correct. Type the one that your app shows now; if it is wrong again, check that the time of your device is set automatically.",
            AppSubmissionStatus.Used =>
                "That code was used already, or your account was changed. Wait until your app shows the next one.",
            AppSubmissionStatus.TooFast =>
                "That was too quick. Your code was not tried. Wait a moment and enter it again.",
            AppSubmissionStatus.GuessesSpent =>
                $"Too many wrong codes of the app were typed for your account, so none is checked for now. You can use one again in {CodeTexts.Of(submission.Until!.Value - now)}.",
            AppSubmissionStatus.SwitchedOff =>
                "So many wrong codes of the app were typed for your account that they are switched off for it. Somebody may be guessing. Use another way in and set the app up again, or ask for help.",
            AppSubmissionStatus.Locked =>
                "Your account is locked for a while. Your code was not checked. Wait and try again later.",
            AppSubmissionStatus.NotSetUp =>
                "No authenticator app is set up for your account. Use another way.",
        };

    /// <summary>Why a recovery code was not taken. Null for the one that was.</summary>
    public static string? Of(RecoverySubmission submission, DateTimeOffset now) =>
        submission.Status switch
        {
            RecoverySubmissionStatus.Verified => null,
            RecoverySubmissionStatus.Wrong => RecoveryTexts.Wrong,
            RecoverySubmissionStatus.TooMany => RecoveryTexts.TooMany(
                submission.Until!.Value - now
            ),
            RecoverySubmissionStatus.Locked =>
                "Your account is locked for a while. Your code was not tried. Wait and try again later.",
            RecoverySubmissionStatus.Changed =>
                "Your account was changed in another window at the same moment. Your code was not tried. Start again with your password.",
        };

    /// <summary>A way as a person chooses it.</summary>
    public static string Name(Factor factor) =>
        factor switch
        {
            Factor.Sms => "A code by text message",
            Factor.App => "A code of your authenticator app",
            Factor.RecoveryCode => "A recovery code",
            Factor.Password => "The password",
            Factor.RememberedBrowser => "A remembered browser",
        };
}
