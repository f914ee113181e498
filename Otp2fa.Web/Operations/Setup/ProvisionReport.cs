using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What provisioning found, and did. The shape for scripts is described in docs/infobip.md.</summary>
/// <param name="Host">Whom it asked.</param>
/// <param name="Environment">Whose settings it used.</param>
/// <param name="Application">What there was to do to the application; null where nobody could say.</param>
/// <param name="Template">What there was to do to its template; null where nobody could say.</param>
/// <param name="Messages">How many messages the text is sent as; null without a plan.</param>
/// <param name="ApplicationId">For <c>Infobip:ApplicationId</c>; null if it is not there (yet).</param>
/// <param name="MessageId">For <c>Infobip:MessageId</c>; null if it is not there (yet).</param>
/// <param name="Failure">Why it is not complete; null if it is, or if it was only to be shown.</param>
internal sealed record ProvisionReport(
    string Host,
    string Environment,
    ProvisionReportStep? Application,
    ProvisionReportStep? Template,
    int? Messages,
    string? ApplicationId,
    string? MessageId,
    string? Failure
)
{
    // A text that is changed at its end must be seen to the end.
    private const int LongestValue = 1000;

    public static ProvisionReport Of(
        string host,
        string environment,
        ProvisionPlan? plan,
        ProvisionOutcome outcome
    ) =>
        new(
            host,
            environment,
            ProvisionReportStep.Of(plan?.Application, outcome.IsApplicationWritten),
            ProvisionReportStep.Of(plan?.Template, outcome.IsTemplateWritten),
            plan is null ? null : GsmText.CountSegments(plan.SentText),
            outcome.ApplicationId,
            outcome.MessageId,
            outcome.Failure
        );

    public static IEnumerable<string> PlanLines(ProvisionPlan plan) =>
        [
            .. Lines("application", plan.Application),
            .. Lines("template", plan.Template),
            TemplateText.Cost(plan.SentText),
        ];

    /// <summary>The lines to paste; a failure is told beside them.</summary>
    public IEnumerable<string> SettingsLines()
    {
        if (ApplicationId is not null)
        {
            yield return $"Infobip__ApplicationId={ShownText.Of(ApplicationId)}";
        }

        if (MessageId is not null)
        {
            yield return $"Infobip__MessageId={ShownText.Of(MessageId)}";
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, ProvisionJson.Default.ProvisionReport);

    private static IEnumerable<string> Lines(string what, SetupStep step)
    {
        yield return step switch
        {
            { Id: null } => $"The {what} is to be made:",
            { IsNeeded: true } => $"The {what} is to be changed:",
            _ => $"The {what} is as it should be.",
        };
        foreach (var change in step.Changes)
        {
            yield return $"  {change.Setting}: {Shown(change.Before)} -> {Shown(change.After)}";
        }
    }

    private static string Shown(string? value) =>
        value is null ? "nothing" : ShownText.Of(value, LongestValue);
}

/// <param name="Id">Of what was there; null if it was to be made.</param>
/// <param name="Changes">Empty if it was as it should be.</param>
/// <param name="Written">Whether they were made.</param>
internal sealed record ProvisionReportStep(
    string? Id,
    IReadOnlyList<SetupChange> Changes,
    bool Written
)
{
    public static ProvisionReportStep? Of(SetupStep? step, bool isWritten) =>
        step is null ? null : new ProvisionReportStep(step.Id, step.Changes, isWritten);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true
)]
[JsonSerializable(typeof(ProvisionReport))]
internal sealed partial class ProvisionJson : JsonSerializerContext;
