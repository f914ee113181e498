using System.Diagnostics.CodeAnalysis;
using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>The required fields of a send after its own rules were checked; they may still name what does not exist.</summary>
internal sealed record SendPinFields(
    string ApplicationId,
    string MessageId,
    string Number,
    Dictionary<string, string> Placeholders
)
{
    public static bool TryRead(
        SendPinRequest body,
        SimulatorAssumptions assumptions,
        [NotNullWhen(true)] out SendPinFields? fields,
        out Dictionary<string, string[]> violations
    )
    {
        violations = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (
            var (property, value) in new[]
            {
                ("applicationId", body.ApplicationId),
                ("messageId", body.MessageId),
                ("to", body.To),
            }
        )
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                violations[property] = ["must not be blank"];
            }
        }

        string? number = null;
        if (
            !violations.ContainsKey("to")
            && !PhoneNumber.TryNormalise(body.To!, out number, assumptions.PlusSignAccepted)
        )
        {
            violations["to"] = ["must be 6 to 15 digits in international format"];
        }

        var placeholders = Api.Placeholders.Read(body.Placeholders, assumptions);
        if (placeholders is null)
        {
            violations[Api.Placeholders.Property] = ["must not contain pin"];
        }

        fields =
            violations.Count == 0
                ? new SendPinFields(body.ApplicationId!, body.MessageId!, number!, placeholders!)
                : null;
        return fields is not null;
    }
}
