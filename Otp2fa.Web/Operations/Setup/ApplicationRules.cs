using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What is good and bad in an application, for this site. Every rule is one line of the doctor.</summary>
internal static class ApplicationRules
{
    public static IEnumerable<SetupFinding> Judge(
        ApplicationFacts application,
        SetupWishes wishes
    ) =>
        [
            Enabled(application),
            SingleUse(application),
            TimeToLive(application, wishes),
            Attempts(application, wishes),
            VerifyLimit(application),
            NumberLimit(application, wishes),
            ApplicationLimit(application, wishes),
        ];

    private static SetupFinding Enabled(ApplicationFacts application) =>
        SetupFinding.Judged(
            "application-enabled",
            application.Enabled switch
            {
                true => FindingLevel.Pass,
                false => FindingLevel.Fail,
                null => FindingLevel.Warn,
            },
            SetupWords.Of(application.Enabled),
            "A 2FA application that is switched off sends nothing.",
            "Enable the application in the portal under Developer Tools, 2FA."
        );

    private static SetupFinding SingleUse(ApplicationFacts application) =>
        SetupFinding.Judged(
            "single-use",
            application.AllowMultiplePinVerifications == false
                ? FindingLevel.Pass
                : FindingLevel.Fail,
            $"allowMultiplePinVerifications {SetupWords.Of(application.AllowMultiplePinVerifications)}",
            "A code that verifies again after it was used can be replayed. This site uses a code once by itself; Infobip should too.",
            $"Set allowMultiplePinVerifications to false. {SetupWords.Mend}"
        );

    private static SetupFinding TimeToLive(ApplicationFacts application, SetupWishes wishes)
    {
        var fit = SetupFits.TimeToLive(application.PinTimeToLive, wishes);
        return SetupFinding.Judged(
            "time-to-live",
            fit == SetupFit.Good ? FindingLevel.Pass : FindingLevel.Fail,
            $"pinTimeToLive {SetupWords.Of(application.PinTimeToLive)}",
            fit == SetupFit.TooLow
                ? "Codes die before the page says so."
                : "A code that Infobip takes for longer than the site says gives whoever finds it more time.",
            $"Set pinTimeToLive to {InfobipNotation.Write(wishes.TimeToLive)}, the value of TwoFactor:ChallengeLifetime. {SetupWords.Mend}"
        );
    }

    private static SetupFinding Attempts(ApplicationFacts application, SetupWishes wishes)
    {
        var fit = SetupFits.PinAttempts(application.PinAttempts, wishes);
        return SetupFinding.Judged(
            "pin-attempts",
            fit switch
            {
                SetupFit.Good => FindingLevel.Pass,
                SetupFit.TooLow => FindingLevel.Warn,
                SetupFit.TooHigh or SetupFit.Unknown => FindingLevel.Fail,
            },
            $"pinAttempts {SetupWords.Of(application.PinAttempts)}",
            fit == SetupFit.TooLow
                ? "Infobip gives up before the site does: a person is told that tries are left, and none is."
                : "More guesses than the site counts are more guesses for whoever finds a way around the site.",
            $"Set pinAttempts to {SetupWords.Of(wishes.PinAttempts)}, the value of TwoFactor:MaxAttempts. {SetupWords.Mend}"
        );
    }

    private static SetupFinding VerifyLimit(ApplicationFacts application) =>
        SetupFinding.Judged(
            "verify-limit",
            SetupFits.VerifyLimit(application.VerifyPinLimit) == SetupFit.Good
                ? FindingLevel.Pass
                : FindingLevel.Warn,
            $"verifyPinLimit {SetupWords.Of(application.VerifyPinLimit)}",
            "A person who mistypes and types again at once is told that codes cannot be checked; with far more than one check a second nothing brakes guesses.",
            $"Set verifyPinLimit to {SetupWishes.VerifyLimit}. {SetupWords.Mend}"
        );

    private static SetupFinding NumberLimit(ApplicationFacts application, SetupWishes wishes)
    {
        var fit = SetupFits.NumberLimit(application.SendPinPerPhoneNumberLimit, wishes);
        return SetupFinding.Judged(
            "number-limit",
            fit switch
            {
                SetupFit.Good => FindingLevel.Pass,
                SetupFit.TooHigh => FindingLevel.Warn,
                SetupFit.TooLow or SetupFit.Unknown => FindingLevel.Fail,
            },
            $"sendPinPerPhoneNumberLimit {SetupWords.Of(application.SendPinPerPhoneNumberLimit)}",
            fit == SetupFit.TooHigh
                ? "Whoever gets hold of the key of the site can send one number far more messages than the site would."
                : "Whoever signs in often gets no more codes, without a reason that the site could tell. Its own limit should be the one that is met.",
            $"Set sendPinPerPhoneNumberLimit to {wishes.NumberLimit}, a little above Limits:SendsPerDay. {SetupWords.Mend}"
        );
    }

    private static SetupFinding ApplicationLimit(ApplicationFacts application, SetupWishes wishes)
    {
        var fit = SetupFits.ApplicationLimit(application.SendPinPerApplicationLimit, wishes);
        return SetupFinding.Judged(
            "application-limit",
            fit switch
            {
                SetupFit.Good => FindingLevel.Pass,
                SetupFit.TooLow => FindingLevel.Fail,
                SetupFit.TooHigh or SetupFit.Unknown => FindingLevel.Warn,
            },
            $"sendPinPerApplicationLimit {SetupWords.Of(application.SendPinPerApplicationLimit)}",
            fit == SetupFit.TooHigh
                ? "It is the last brake on a bill; far above the site's own budget it brakes nothing."
                : "It is the last brake on a bill; below the site's own budget it stops sign-ins without an alarm.",
            $"Set sendPinPerApplicationLimit to {wishes.ApplicationLimit}, the value of Limits:SiteSendsPerDay. {SetupWords.Mend}"
        );
    }
}
