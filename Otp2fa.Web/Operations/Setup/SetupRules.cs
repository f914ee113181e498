namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// What a finding means for a site that runs. What is good and bad in a set-up say <see cref="ApplicationRules"/> and
/// <see cref="TemplateRules"/>.
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
}
