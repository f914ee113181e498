using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What the doctor says, for a person or for a script. The shape for scripts is described in docs/infobip.md.</summary>
/// <param name="Host">Whom it asked.</param>
/// <param name="Environment">Whose settings it used.</param>
/// <param name="Result">The worst of the checks.</param>
/// <param name="Checks">Every check.</param>
internal sealed record DoctorReport(
    string Host,
    string Environment,
    FindingLevel Result,
    IReadOnlyList<SetupFinding> Checks
)
{
    public static DoctorReport Of(
        string host,
        string environment,
        IReadOnlyList<SetupFinding> findings
    ) => new(host, environment, findings.Max(finding => finding.Level), findings);

    public IEnumerable<string> ToText()
    {
        foreach (var check in Checks)
        {
            yield return $"{Word(check.Level)}  {check.Id}: {check.Found}";
            if (check.Level != FindingLevel.Pass)
            {
                yield return $"      Why: {check.Why}";
                yield return $"      Mend: {check.Mend}";
            }
        }

        yield return Result switch
        {
            FindingLevel.Pass => "Everything is as this site needs it.",
            FindingLevel.Warn =>
                "It works. What is marked warn could be better, or could not be looked at.",
            FindingLevel.Fail =>
                "What is marked FAIL keeps people out, or keeps them less safe than the site says.",
        };
    }

    public string ToJson() => JsonSerializer.Serialize(this, DoctorJson.Default.DoctorReport);

    private static string Word(FindingLevel level) =>
        level switch
        {
            FindingLevel.Pass => "pass",
            FindingLevel.Warn => "warn",
            FindingLevel.Fail => "FAIL",
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true
)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext;
