using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// Makes the application and the template at Infobip what a plan says, the application first. At most two writes, each of which
/// is waited for: given up, nobody could say whether it was done. After a failure in the middle a new plan goes on from there.
/// </summary>
internal sealed class SetupProvisioner(InfobipEditor editor)
{
    public async Task<ProvisionOutcome> ApplyAsync(ProvisionPlan plan)
    {
        var outcome = new ProvisionOutcome(plan.Application.Id, plan.Template.Id);
        if (plan.Application.IsNeeded)
        {
            var saved = await editor.SaveApplicationAsync(
                plan.Application.Id,
                plan.ApplicationRequest
            );
            if (saved.Value is null)
            {
                return outcome with
                {
                    Failure = SetupRefusals.Explain("The application was not written", saved),
                };
            }

            outcome = outcome with { ApplicationId = saved.Value.Id, IsApplicationWritten = true };
            if (
                Unheeded(
                    SetupComparison.Of(saved.Value.Facts, plan.ApplicationRequest, plan.Wishes)
                ) is
                { } kept
            )
            {
                return outcome with { Failure = $"The application was written, and {kept}" };
            }
        }

        if (plan.Template.IsNeeded)
        {
            var saved = await editor.SaveTemplateAsync(
                outcome.ApplicationId!,
                plan.Template.Id,
                plan.TemplateRequest
            );
            if (saved.Value is null)
            {
                return outcome with
                {
                    Failure = SetupRefusals.Explain("The template was not written", saved),
                };
            }

            outcome = outcome with { MessageId = saved.Value.Id, IsTemplateWritten = true };
            if (Unheeded(SetupComparison.Of(saved.Value.Facts, plan.TemplateRequest)) is { } kept)
            {
                return outcome with { Failure = $"The template was written, and {kept}" };
            }
        }

        return outcome;
    }

    // What an answer leaves out says nothing.
    private static string? Unheeded(IEnumerable<SetupChange> changes) =>
        changes.FirstOrDefault(change => change.Before is not null) is { } kept
            ? $"Infobip says that its {kept.Setting} is {ShownText.Of(kept.Before!)} all the same. Look with infobip doctor."
            : null;
}
