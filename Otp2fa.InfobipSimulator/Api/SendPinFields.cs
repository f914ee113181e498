using System.Diagnostics.CodeAnalysis;
using Otp2fa.InfobipSimulator.Api.Wire;
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
        if (!violations.ContainsKey("to") && !PhoneNumber.TryNormalise(body.To!, out number))
        {
            violations["to"] = ["must be 6 to 15 digits in international format"];
        }

        var placeholders = body.Placeholders ?? [];
        if (placeholders.ContainsKey(PinTemplate.PinPlaceholder))
        {
            violations["placeholders"] = ["must not contain pin"];
        }

        fields =
            violations.Count == 0
                ? new SendPinFields(
                    body.ApplicationId!,
                    body.MessageId!,
                    number!,
                    placeholders.ToDictionary(
                        entry => entry.Key,
                        entry => entry.Value ?? "",
                        StringComparer.Ordinal
                    )
                )
                : null;
        return fields is not null;
    }
}
