using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <param name="Application">What is to be done to the application.</param>
/// <param name="Template">What is to be done to its template.</param>
/// <param name="ApplicationRequest">The application as it is to be.</param>
/// <param name="TemplateRequest">The template as it is to be.</param>
/// <param name="Wishes">What the site needs.</param>
internal sealed record ProvisionPlan(
    SetupStep Application,
    SetupStep Template,
    ApplicationRequest ApplicationRequest,
    TemplateRequest TemplateRequest,
    SetupWishes Wishes
)
{
    /// <summary>The text as it arrives.</summary>
    public string SentText =>
        TemplateText.Sent(TemplateRequest.MessageText, TemplateRequest.PinLength);

    public bool IsNeeded => Application.IsNeeded || Template.IsNeeded;
}
