using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Applications;

/// <summary>
/// Reads a configuration over another: what is left out, and what is bad where that is not refused, stays as it was.
/// </summary>
internal sealed class ConfigurationFields(
    SimulatorAssumptions assumptions,
    Dictionary<string, string[]> violations
)
{
    private const string DurationRule =
        "must be a number and ms, s, m, h or d, of at most one year";

    private const string LimitRule = "must be a count, a slash and a duration, such as 1/3s";

    public PinConfiguration Read(ConfigurationRequest? given, PinConfiguration initial)
    {
        if (given is null)
        {
            return initial;
        }

        var read = initial with
        {
            PinAttempts = given.PinAttempts ?? initial.PinAttempts,
            AllowMultiplePinVerifications =
                given.AllowMultiplePinVerifications ?? initial.AllowMultiplePinVerifications,
            PinTimeToLive = Duration(given.PinTimeToLive) ?? initial.PinTimeToLive,
            VerifyPinLimit =
                Limit("verifyPinLimit", given.VerifyPinLimit) ?? initial.VerifyPinLimit,
            SendPinPerPhoneNumberLimit =
                Limit("sendPinPerPhoneNumberLimit", given.SendPinPerPhoneNumberLimit)
                ?? initial.SendPinPerPhoneNumberLimit,
            SendPinPerApplicationLimit =
                Limit("sendPinPerApplicationLimit", given.SendPinPerApplicationLimit)
                ?? initial.SendPinPerApplicationLimit,
        };
        return WithinRange(read, initial);
    }

    private PinConfiguration WithinRange(PinConfiguration read, PinConfiguration initial)
    {
        foreach (var (property, texts) in read.Violations())
        {
            Violate(property, texts);
            read = property switch
            {
                "pinAttempts" => read with { PinAttempts = initial.PinAttempts },
                _ => read with { VerifyPinLimit = initial.VerifyPinLimit },
            };
        }

        return read;
    }

    private PinDuration? Duration(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (PinDuration.TryParse(text, out var duration) && HasItsNumber(text))
        {
            return duration;
        }

        Violate("pinTimeToLive", DurationRule);
        return null;
    }

    private RateLimit? Limit(string property, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (RateLimit.TryParse(text, out var limit) && HasItsNumber(limit.Period.ToString()))
        {
            return limit;
        }

        Violate(property, LimitRule);
        return null;
    }

    private bool HasItsNumber(string duration) =>
        assumptions.LengthsMayLackNumber || char.IsAsciiDigit(duration[0]);

    private void Violate(string property, params string[] texts)
    {
        if (assumptions.BadConfigurationRefused)
        {
            violations[$"configuration.{property}"] = texts;
        }
    }
}
