using System.Security.Cryptography;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>Makes PINs and identifiers from the cryptographic random generator.</summary>
internal static class PinGenerator
{
    private const string Digits = "0123456789";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Every character is drawn alone, so a numeric PIN may begin with zeros.</summary>
    public static string NewPin(PinType type, int length) =>
        RandomNumberGenerator.GetString(
            type switch
            {
                PinType.Numeric => Digits,
                PinType.Alpha => Letters,
                PinType.Hex => "0123456789ABCDEF",
                PinType.Alphanumeric => Digits + Letters,
            },
            length
        );

    /// <summary>32 upper-case hexadecimal characters, the shape of Infobip's current identifiers.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(32);
}
