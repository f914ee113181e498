using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What provisioning found, and did. The shape for scripts is described in docs/infobip.md.</summary>
/// <param name="Host">Whom it asked.</param>
/// <param name="Environment">Whose settings it used.</param>
/// <param name="Application">What there was to do to the application.</param>
/// <param name="Template">What there was to do to its template.</param>
/// <param name="Messages">How many messages the text is sent as.</param>
/// <param name="Applied">Whether it was done.</param>
/// <param name="ApplicationId">For <c>Infobip:ApplicationId</c>; null if it is not there (yet).</param>
/// <param name="MessageId">For <c>Infobip:MessageId</c>; null if it is not there (yet).</param>
/// <param name="Failure">Why it is not complete.</param>
internal sealed record ProvisionReport(
    string Host,
    string Environment,
    SetupStep Application,
    SetupStep Template,
    int Messages,
    bool Applied,
    string? ApplicationId,
    string? MessageId,
    string? Failure
)
{
    public static IEnumerable<string> PlanLines(ProvisionPlan plan, int messages)
    {
        foreach (var line in Lines("application", plan.Application))
        {
            yield return line;
        }

        foreach (var line in Lines("template", plan.Template))
        {
            yield return line;
        }

        if (messages > 1)
        {
            yield return $"The text is sent as {messages} messages, each of which costs.";
        }
    }

    public IEnumerable<string> OutcomeLines()
    {
        if (Failure is not null)
        {
            yield return Failure;
        }

        if (ApplicationId is not null)
        {
            yield return $"Infobip__ApplicationId={ApplicationId}";
        }

        if (MessageId is not null)
        {
            yield return $"Infobip__MessageId={MessageId}";
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

    private static string Shown(string? value) => value is null ? "nothing" : ShownText.Of(value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true
)]
[JsonSerializable(typeof(ProvisionReport))]
internal sealed partial class ProvisionJson : JsonSerializerContext;
