using System.Text.Json;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Wire;

/// <summary>
/// The enumerations of Infobip's bodies: written as documented, read in any case, as Infobip's own libraries do not
/// agree on it.
/// </summary>
internal static class WireEnums
{
    public static string Of(PinType type) => JsonNamingPolicy.SnakeCaseUpper.ConvertName($"{type}");

    public static string Of(PinLanguage language) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName($"{language}");

    public static PinType? ReadPinType(string? text) => Read<PinType>(text, Of);

    public static PinLanguage? ReadLanguage(string? text) => Read<PinLanguage>(text, Of);

    /// <summary>The names, for a person who used another.</summary>
    public static string Names<T>(Func<T, string> spelt)
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(spelt));

    private static T? Read<T>(string? text, Func<T, string> spelt)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(spelt(value), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }
}
