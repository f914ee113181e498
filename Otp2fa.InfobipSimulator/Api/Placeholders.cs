using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>The rules of the placeholders a send or resend brings along.</summary>
internal static class Placeholders
{
    public const string Property = "placeholders";

    /// <summary>Null when one is named as the PIN's and that is refused.</summary>
    public static Dictionary<string, string>? Read(
        Dictionary<string, string?>? given,
        SimulatorAssumptions assumptions
    )
    {
        given ??= [];
        return given.ContainsKey(PinTemplate.PinPlaceholder) && assumptions.PinPlaceholderRefused
            ? null
            : given.ToDictionary(
                entry => entry.Key,
                entry => entry.Value ?? "",
                StringComparer.Ordinal
            );
    }

    /// <summary>What to say of those the text needs and nobody filled; none where they are sent as written.</summary>
    public static string[] Missing(
        PinTemplate template,
        Dictionary<string, string> given,
        SimulatorAssumptions assumptions
    ) =>
        assumptions.MissingPlaceholderRefused
            ?
            [
                .. template
                    .OwnPlaceholders()
                    .Where(name => !given.ContainsKey(name))
                    .Select(name => $"must contain {name}"),
            ]
            : [];
}
