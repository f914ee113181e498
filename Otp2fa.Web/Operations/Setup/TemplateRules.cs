using System.Globalization;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What is good and bad in a template, for this site. Every rule is one line of the doctor.</summary>
internal static class TemplateRules
{
    public static IEnumerable<SetupFinding> Judge(TemplateFacts template, SetupWishes wishes) =>
        [
            Type(template),
            Length(template, wishes),
            Text(template, wishes),
            OriginBound(template),
            Sender(template, wishes),
        ];

    private static SetupFinding Type(TemplateFacts template) =>
        SetupFinding.Judged(
            "pin-type",
            SetupFits.IsNumeric(template.PinType) ? FindingLevel.Pass : FindingLevel.Fail,
            $"pinType {SetupWords.Of(template.PinType)}",
            "The page takes digits alone.",
            $"Set pinType to NUMERIC. {SetupWords.Mend}"
        );

    private static SetupFinding Length(TemplateFacts template, SetupWishes wishes) =>
        SetupFinding.Judged(
            "pin-length",
            template.PinLength == wishes.PinLength ? FindingLevel.Pass : FindingLevel.Fail,
            $"pinLength {SetupWords.Of(template.PinLength)}",
            "The page takes codes of its own length alone, and shorter ones are guessed sooner.",
            $"Set pinLength to {SetupWords.Of(wishes.PinLength)}, the value of TwoFactor:PinLength. {SetupWords.Mend}"
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
                    $"Every message beyond the first costs as much again.{TemplateText.Outsider(sent)}",
                    "Shorten the text, or take plain characters."
                )
            : (FindingLevel.Pass, "The code is first, and the text is one message.", "");
        return SetupFinding.Judged(
            "text",
            level,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{sent.Length} characters in {segments} {(segments == 1 ? "message" : "messages")}"
            ),
            why,
            mend
        );
    }

    private static SetupFinding OriginBound(TemplateFacts template) =>
        SetupFinding.Judged(
            "origin-bound",
            TemplateText.HasOrigin(template.Text ?? "") ? FindingLevel.Pass : FindingLevel.Warn,
            TemplateText.HasOrigin(template.Text ?? "") ? "there is such a line" : "no such line",
            "With a last line of its own such as @www.example.com #{{pin}}, phones offer the code on that site alone, and not on one that only looks like it.",
            "End the text with such a line, with the name of your site, once you have tried it on your account."
        );

    private static SetupFinding Sender(TemplateFacts template, SetupWishes wishes) =>
        SetupFinding.Judged(
            "sender",
            wishes.Sender is null && string.IsNullOrWhiteSpace(template.SenderId)
                ? FindingLevel.Warn
                : FindingLevel.Pass,
            wishes.Sender ?? SetupWords.Of(template.SenderId),
            "Without a name of its own a message comes from whatever number is free, and some countries take none.",
            "Register a sender with Infobip and name it in the template or in Infobip:From."
        );
}
