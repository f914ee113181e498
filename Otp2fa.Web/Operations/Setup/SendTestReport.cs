using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What became of a real code. The shape for scripts is described in docs/infobip.md. Never the code or the number.</summary>
/// <param name="Host">Whom it asked.</param>
/// <param name="Environment">Whose settings it used.</param>
/// <param name="Verified">Whether the code came back and was right.</param>
/// <param name="Steps">In order, to the one that failed.</param>
internal sealed record SendTestReport(
    string Host,
    string Environment,
    bool Verified,
    IReadOnlyList<SendTestStep> Steps
)
{
    public static string LineOf(SendTestStep step) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{step.Step}: {step.Result} after {step.Seconds:0.00} s. {step.Sentence}"
        );

    public string ToJson() => JsonSerializer.Serialize(this, SendTestJson.Default.SendTestReport);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true
)]
[JsonSerializable(typeof(SendTestReport))]
internal sealed partial class SendTestJson : JsonSerializerContext;
