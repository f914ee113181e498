using System.Globalization;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The sentences of every page that sends or takes a code: what happened, and what to do next.</summary>
internal static class CodeTexts
{
    /// <summary>A step-up leads back to where it was asked for, and the change itself is still to be made.</summary>
    public const string SteppedUp =
        "Thank you, that is confirmed. You can now make the change you wanted to make.";

    /// <summary>There is no sign-in that waits for a code in this browser.</summary>
    public const string SignInLost =
        "That sign-in took too long, was finished in another window, or the account was changed. Sign in again.";

    private const string KindNotServed =
        "Codes cannot be sent to this kind of number. Use a mobile number; landline, internet, satellite and special-rate numbers do not work.";

    private const string SwitchedOff =
        "So many wrong codes were typed for your account that codes are switched off for it. Somebody may be guessing. Sign in another way and prove a number again, or ask for help.";

    public static string Of(PinRefusal refusal, int digits) =>
        refusal switch
        {
            PinRefusal.Empty => "Enter the security code.",
            PinRefusal.NotTheFormat => $"Enter the security code using only {digits} digits.",
        };

    /// <summary>Why a typed code was not taken. Null for the one that was.</summary>
    public static string? Of(PinSubmission submission, DateTimeOffset now) =>
        submission.Status switch
        {
            PinSubmissionStatus.Verified => null,
            PinSubmissionStatus.Wrong when submission.AttemptsLeft == 1 =>
                "That code is not correct. You have one more try with this code.",
            PinSubmissionStatus.Wrong =>
                $"That code is not correct. Check the message and try again; you have {submission.AttemptsLeft} more tries.",
            PinSubmissionStatus.Throttled
            or PinSubmissionStatus.ProviderDown when submission.AttemptsLeft == 0 =>
                "We could not check your code, and it was tried too often to be tried again. Wait a minute and get a new code.",
            PinSubmissionStatus.TooFast =>
                $"That was too quick. Your code was not tried. Wait a moment and enter it again; {Tries(submission)}.",
            PinSubmissionStatus.GuessesSpent =>
                $"Too many wrong codes were typed for your account, so none is checked for now. You can use a code again {After(submission.Until, now)}.",
            PinSubmissionStatus.SwitchedOff => SwitchedOff,
            PinSubmissionStatus.NumberTaken =>
                "The code was right, but this number is already used by as many accounts as one number may have. Use another number, or remove it from another account first.",
            PinSubmissionStatus.Throttled =>
                $"That was too quick. Your code was not checked. Wait a few seconds and enter it again; {Tries(submission)}.",
            PinSubmissionStatus.ProviderDown =>
                $"We cannot check codes at the moment. Your account is not affected. Wait a minute and enter the code again; {Tries(submission)}.",
            PinSubmissionStatus.Outage =>
                $"Codes cannot be checked for anybody at the moment. Yours was not tried. Enter it again in a minute; {Tries(submission)}.",
            PinSubmissionStatus.Crowded =>
                $"Very many codes are being checked at this moment. Yours was not tried. Enter it again in a few seconds; {Tries(submission)}.",
            PinSubmissionStatus.Expired => "That code has expired.",
            PinSubmissionStatus.Dead =>
                "This code was tried too often or used already, and cannot be used any more.",
            PinSubmissionStatus.Superseded =>
                "That code cannot be used any more, because it was used, a newer one was sent, or your account was changed.",
            PinSubmissionStatus.Locked =>
                "Your account is locked for a while. Your code was not checked. Wait and try again later.",
            PinSubmissionStatus.NoChallenge => "There is no code to check.",
        };

    /// <summary>Why a challenge takes no code any more. Null while it does.</summary>
    public static string? Of(ChallengeStatus? status) =>
        status switch
        {
            ChallengeStatus.Live => null,
            ChallengeStatus.Expired => Of(PinSubmissionStatus.Expired),
            ChallengeStatus.Dead => Of(PinSubmissionStatus.Dead),
            ChallengeStatus.Superseded => Of(PinSubmissionStatus.Superseded),
            null => Of(PinSubmissionStatus.NoChallenge),
        };

    /// <summary>Why no code is on its way, and what to do next.</summary>
    public static string Of(SendDenial denial, DateTimeOffset now) =>
        denial.Reason switch
        {
            SendRefusal.Wait =>
                $"A code for your account was asked for a moment ago. You can get one here {After(denial.Until, now)}.",
            SendRefusal.Window =>
                $"Many codes were asked for in a short time, so none was sent. You can get the next one {After(denial.Until, now)}.",
            SendRefusal.NewNumbers =>
                $"You have tried as many new numbers as one may in a day. You can try another one {After(denial.Until, now)}.",
            SendRefusal.EnrolmentPaused =>
                "We cannot send codes to new numbers at the moment. Nothing is wrong with your account. Try again in an hour.",
            SendRefusal.SiteBudget =>
                "Very many codes were asked for, so we cannot send any more at the moment. Nothing is wrong with your account. Try again in a few minutes.",
            SendRefusal.GuessesSpent =>
                $"Too many wrong codes were typed for your account, so none is sent or checked for now. You can get one {After(denial.Until, now)}.",
            SendRefusal.SwitchedOff => SwitchedOff,
            SendRefusal.CountryNotServed =>
                "We do not send codes to numbers of this country. Use a mobile number of a country that we serve, or ask for help.",
            SendRefusal.KindNotServed => KindNotServed,
            SendRefusal.NoProvedNumber =>
                "Your account has no proved phone number that we could send a code to.",
            SendRefusal.NotSent =>
                "Your code did not go out. Wait a minute and try again; if it happens again, ask for help.",
            SendRefusal.Unreachable =>
                "Your phone cannot be reached at the moment. Check that it is switched on and has reception, then try again.",
            SendRefusal.NumberRefused =>
                "No code can be sent to this phone number. If the number is right, somebody has to help.",
            SendRefusal.Throttled =>
                "Too many codes were sent to this phone number today. Trying again soon will not help; try again tomorrow.",
            SendRefusal.SentOften =>
                "This code was asked for as often as one may. Type it from any message that came, or wait until it ends and get a new one.",
            SendRefusal.Busy =>
                "Too many codes were asked for at once. Wait a few minutes and try again.",
            SendRefusal.Outage =>
                "Codes are delayed for everybody at the moment, so none was sent. Nothing is wrong with your account. Try again in a few minutes.",
            SendRefusal.Crowded =>
                "Very many people are asking for codes at this moment, so yours was not asked for. Try again in a minute.",
            SendRefusal.Unavailable =>
                "We cannot send codes at the moment. Nothing is wrong with your account. Wait a few minutes and try again.",
            SendRefusal.Superseded =>
                "A newer code was asked for in another window at the same moment. Use it there, or start again here.",
        };

    /// <summary>Why no password from this client is checked for a while.</summary>
    public static string TooManyFromHere(DateTimeOffset until, DateTimeOffset now) =>
        $"Too many wrong passwords came from your network, so no more are checked now. You can try again {After(until, now)}.";

    public static string Of(PhoneRefusal refusal) =>
        refusal switch
        {
            PhoneRefusal.Empty => "Enter your mobile phone number.",
            PhoneRefusal.NotANumber =>
                "Enter a mobile phone number in the correct format, including the country code, like +44 7700 900123.",
            PhoneRefusal.CountryCodeMissing =>
                "Enter the number with its country code, beginning with a plus sign, like +44 7700 900123.",
            PhoneRefusal.NotInUse =>
                "There is no such phone number. Check the digits and the country code.",
            PhoneRefusal.TypeNotAccepted => KindNotServed,
            PhoneRefusal.CountryNotServed =>
                "We do not send codes to numbers of this country. Use a mobile number of a country that we serve.",
        };

    /// <summary>A moment as a <c>time</c> element names it, in UTC to the second.</summary>
    public static string Stamp(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="LengthsOfTime.Of(TimeSpan)"/>
    public static string Of(TimeSpan time) => LengthsOfTime.Of(time);

    private static string? Of(PinSubmissionStatus status) =>
        Of(new PinSubmission(status), DateTimeOffset.MinValue);

    private static string After(DateTimeOffset? until, DateTimeOffset now) =>
        until > now ? $"in {Of(until.Value - now)}" : "now";

    // Infobip may have counted a try that it did not answer, so it is not given back, and the page does not hide it.
    private static string Tries(PinSubmission submission) =>
        submission.AttemptsLeft == 1
            ? "this code takes one more try"
            : $"this code takes {submission.AttemptsLeft} more tries";
}
