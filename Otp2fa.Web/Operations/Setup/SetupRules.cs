using System.Globalization;
using System.Text.RegularExpressions;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// What is good and bad in a set-up at Infobip, for this site. Infobip's own defaults are made for a newsletter and not for a
/// sign-in: three PINs a day, ten guesses, a PIN that works again after it was used. Every rule is one line of the doctor.
/// </summary>
internal static partial class SetupRules
{
    /// <summary>Whether codes are less safe than the site says: that degrades the health of a running one.</summary>
    public static bool MakesCodesUnsafe(SetupFinding finding) =>
        finding
            is {
                Level: FindingLevel.Fail,
                Id: "single-use" or "pin-length" or "pin-type" or "time-to-live"
            };

    private const string Mend =
        "infobip provision sets it, or set it in the portal under Developer Tools, 2FA.";

    // A person who mistypes types again within this.
    private static readonly TimeSpan Retyping = TimeSpan.FromSeconds(1);

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

    public static IEnumerable<SetupFinding> Judge(TemplateFacts template, SetupWishes wishes) =>
        [
            Type(template),
            Length(template, wishes),
            Text(template, wishes),
            OriginBound(template),
            Sender(template, wishes),
        ];

    private static SetupFinding Enabled(ApplicationFacts application) =>
        New(
            "application-enabled",
            application.Enabled switch
            {
                true => FindingLevel.Pass,
                false => FindingLevel.Fail,
                null => FindingLevel.Warn,
            },
            Word(application.Enabled),
            "A 2FA application that is switched off sends nothing.",
            "Enable the application in the portal under Developer Tools, 2FA."
        );

    private static SetupFinding SingleUse(ApplicationFacts application) =>
        New(
            "single-use",
            application.AllowMultiplePinVerifications == false
                ? FindingLevel.Pass
                : FindingLevel.Fail,
            $"allowMultiplePinVerifications {Word(application.AllowMultiplePinVerifications)}",
            "A code that verifies again after it was used can be replayed. This site uses a code once by itself; Infobip should too.",
            $"Set allowMultiplePinVerifications to false. {Mend}"
        );

    private static SetupFinding TimeToLive(ApplicationFacts application, SetupWishes wishes)
    {
        var time = InfobipNotation.ReadTime(application.PinTimeToLive);
        return New(
            "time-to-live",
            time == wishes.TimeToLive ? FindingLevel.Pass : FindingLevel.Fail,
            $"pinTimeToLive {Text(application.PinTimeToLive)}",
            time < wishes.TimeToLive
                ? "Codes die before the page says so."
                : "A code that Infobip takes for longer than the site says gives whoever finds it more time.",
            $"Set pinTimeToLive to {InfobipNotation.Write(wishes.TimeToLive)}, the value of TwoFactor:ChallengeLifetime. {Mend}"
        );
    }

    private static SetupFinding Attempts(ApplicationFacts application, SetupWishes wishes) =>
        New(
            "pin-attempts",
            application.PinAttempts == wishes.PinAttempts ? FindingLevel.Pass
                : application.PinAttempts < wishes.PinAttempts ? FindingLevel.Warn
                : FindingLevel.Fail,
            $"pinAttempts {Text(application.PinAttempts)}",
            application.PinAttempts < wishes.PinAttempts
                ? "Infobip gives up before the site does: a person is told that tries are left, and none is."
                : "More guesses than the site counts are more guesses for whoever finds a way around the site.",
            $"Set pinAttempts to {Text(wishes.PinAttempts)}, the value of TwoFactor:MaxAttempts. {Mend}"
        );

    private static SetupFinding VerifyLimit(ApplicationFacts application)
    {
        var limit = InfobipNotation.ReadLimit(application.VerifyPinLimit);
        // One code a second is what this site lets through itself.
        var isEnough = limit is var (count, window) && count * Retyping >= window;
        return New(
            "verify-limit",
            isEnough ? FindingLevel.Pass : FindingLevel.Warn,
            $"verifyPinLimit {Text(application.VerifyPinLimit)}",
            "A person who mistypes and types again at once is told that codes cannot be checked.",
            $"Set verifyPinLimit to 5/5s. {Mend}"
        );
    }

    private static SetupFinding NumberLimit(ApplicationFacts application, SetupWishes wishes)
    {
        var limit = InfobipNotation.ReadLimit(application.SendPinPerPhoneNumberLimit);
        return New(
            "number-limit",
            limit is var (count, window)
            && count > SetupWishes.MostIn(wishes.SendsPerNumber, window)
                ? FindingLevel.Pass
                : FindingLevel.Fail,
            $"sendPinPerPhoneNumberLimit {Text(application.SendPinPerPhoneNumberLimit)}",
            "Whoever signs in often gets no more codes, without a reason that the site could tell. Its own limit should be the one that is met.",
            $"Set sendPinPerPhoneNumberLimit to {Text(wishes.SendsPerNumberAndDay + 2)}/1d, a little above Limits:SendsPerDay. {Mend}"
        );
    }

    private static SetupFinding ApplicationLimit(ApplicationFacts application, SetupWishes wishes)
    {
        var limit = InfobipNotation.ReadLimit(application.SendPinPerApplicationLimit);
        return New(
            "application-limit",
            limit is not var (count, window) ? FindingLevel.Warn
                : count < SetupWishes.MostIn(wishes.Sends, window) ? FindingLevel.Fail
                : FindingLevel.Pass,
            $"sendPinPerApplicationLimit {Text(application.SendPinPerApplicationLimit)}",
            "It is the last brake on a bill; below the site's own budget it stops sign-ins without an alarm.",
            $"Set sendPinPerApplicationLimit to {Text(wishes.SendsPerDay)}/1d, the value of Limits:SiteSendsPerDay. {Mend}"
        );
    }

    private static SetupFinding Type(TemplateFacts template) =>
        New(
            "pin-type",
            string.Equals(template.PinType, "NUMERIC", StringComparison.OrdinalIgnoreCase)
                ? FindingLevel.Pass
                : FindingLevel.Fail,
            $"pinType {Text(template.PinType)}",
            "The page takes digits alone.",
            $"Set pinType to NUMERIC. {Mend}"
        );

    private static SetupFinding Length(TemplateFacts template, SetupWishes wishes) =>
        New(
            "pin-length",
            template.PinLength == wishes.PinLength ? FindingLevel.Pass : FindingLevel.Fail,
            $"pinLength {Text(template.PinLength)}",
            "The page takes codes of its own length alone, and shorter ones are guessed sooner.",
            $"Set pinLength to {Text(wishes.PinLength)}, the value of TwoFactor:PinLength. {Mend}"
        );

    private static SetupFinding Text(TemplateFacts template, SetupWishes wishes)
    {
        var text = template.Text ?? "";
        var sent = TemplateText.Sent(text, wishes.PinLength);
        var segments = GsmText.CountSegments(sent);
        var (level, why, mend) =
            !TemplateText.HasCode(text)
                ? (
                    FindingLevel.Fail,
                    "Without {{pin}} there is no code in the message.",
                    "Put {{pin}} into the text."
                )
            : TemplateText.HasOtherPlaceholder(text)
                ? (
                    FindingLevel.Fail,
                    "The site fills {{pin}} in and nothing else: a message with another placeholder may not be sent.",
                    "Take the other placeholders out of the text."
                )
            : !TemplateText.HasCodeFirst(text)
                ? (
                    FindingLevel.Warn,
                    "The code first can be read on a locked screen and in a list of messages.",
                    "Begin the text with {{pin}}."
                )
            : segments > 1
                ? (
                    FindingLevel.Warn,
                    GsmText.IsGsm(sent)
                        ? "Every message beyond the first costs as much again."
                        : "A character outside the GSM alphabet leaves room for 70 instead of 160; every message beyond the first costs as much again.",
                    "Shorten the text, or take plain characters."
                )
            : (FindingLevel.Pass, "The code is first, and the text is one message.", "");
        return New(
            "text",
            level,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{sent.Length} characters, messages: {segments}"
            ),
            why,
            mend
        );
    }

    private static SetupFinding OriginBound(TemplateFacts template) =>
        New(
            "origin-bound",
            OriginLine().IsMatch(template.Text ?? "") ? FindingLevel.Pass : FindingLevel.Warn,
            OriginLine().IsMatch(template.Text ?? "") ? "there is such a line" : "no such line",
            "With a last line of its own such as @www.example.com #{{pin}}, phones offer the code on that site alone, and not on one that only looks like it.",
            "End the text with such a line, with the name of your site, once you have tried it on your account."
        );

    private static SetupFinding Sender(TemplateFacts template, SetupWishes wishes) =>
        New(
            "sender",
            wishes.Sender is null && string.IsNullOrWhiteSpace(template.SenderId)
                ? FindingLevel.Warn
                : FindingLevel.Pass,
            wishes.Sender ?? Text(template.SenderId),
            "Without a name of its own a message comes from whatever number is free, and some countries take none.",
            "Register a sender with Infobip and name it in the template or in Infobip:From."
        );

    private static SetupFinding New(
        string id,
        FindingLevel level,
        string found,
        string why,
        string mend
    ) => new(id, level, ShownText.Of(found), why, level == FindingLevel.Pass ? null : mend);

    private static string Word(bool? value) =>
        value switch
        {
            true => "true",
            false => "false",
            null => "not said",
        };

    private static string Text(int? value) =>
        value?.ToString(CultureInfo.InvariantCulture) ?? "not said";

    private static string Text(string? value) => string.IsNullOrEmpty(value) ? "not said" : value;

    [GeneratedRegex(
        @"\n@[a-z0-9.-]+ #\{\{pin\}\}\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex OriginLine();
}
