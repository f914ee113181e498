using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// What is good and bad in a set-up at Infobip, for this site. Infobip's own defaults are made for a newsletter and not for a
/// sign-in: three PINs a day, ten guesses, a PIN that works again after it was used.
/// </summary>
internal static class SetupRules
{
    /// <summary>Whether codes are less safe than the site says: that degrades the health of a running one.</summary>
    public static bool MakesCodesUnsafe(SetupFinding finding) =>
        finding
            is {
                Level: FindingLevel.Fail,
                Id: "single-use" or "pin-length" or "pin-type" or "time-to-live"
            };

    public static IEnumerable<SetupFinding> Judge(
        ApplicationFacts application,
        SetupWishes wishes
    ) => ApplicationRules.Judge(application, wishes);

    public static IEnumerable<SetupFinding> Judge(TemplateFacts template, SetupWishes wishes) =>
        TemplateRules.Judge(template, wishes);
}
