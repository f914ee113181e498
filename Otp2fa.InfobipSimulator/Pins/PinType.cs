namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>The kinds of PIN a message template can ask for.</summary>
public enum PinType
{
    Numeric,
    Alpha,
    Hex,
    Alphanumeric,
}
