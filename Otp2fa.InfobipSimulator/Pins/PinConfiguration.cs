namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// How an application treats its PINs. The initial values are those Infobip documents for an application created
/// without a configuration.
/// </summary>
public sealed record PinConfiguration
{
    /// <summary>Verifications one PIN may fail before it is spent.</summary>
    public int PinAttempts { get; init; } = 10;

    /// <summary>Whether a PIN that was verified can be verified again while it lives.</summary>
    public bool AllowMultiplePinVerifications { get; init; } = true;

    public PinDuration PinTimeToLive { get; init; } = PinDuration.Parse("15m");

    /// <summary>Verifications per phone number; its period may not be longer than a day.</summary>
    public RateLimit VerifyPinLimit { get; init; } = RateLimit.Parse("1/3s");

    public RateLimit SendPinPerPhoneNumberLimit { get; init; } = RateLimit.Parse("3/1d");

    public RateLimit SendPinPerApplicationLimit { get; init; } = RateLimit.Parse("10000/1d");

    /// <summary>What Infobip's limits forbid, by wire name of the field; empty when all is well.</summary>
    internal Dictionary<string, string[]> Violations()
    {
        var violations = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (PinAttempts < 1)
        {
            violations["pinAttempts"] = ["must be at least 1"];
        }

        if (VerifyPinLimit.Period.Value > TimeSpan.FromDays(1))
        {
            violations["verifyPinLimit"] = ["must not span more than one day"];
        }

        return violations;
    }
}
