using System.Security.Cryptography;
using OtpNet;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The secret that site and authenticator app share: 160 bits, as RFC 4226 section 4 wants. Never prints itself.
/// </summary>
public sealed class AppKey
{
    /// <summary>Digits of a code. Apps that ignore the address's other numbers know six.</summary>
    public const int Digits = 6;

    /// <summary>Seconds that a code is shown for (RFC 6238).</summary>
    public const int StepSeconds = 30;

    private const int Length = 20;
    private const int GroupLength = 4;

    // One step back for slow fingers, one ahead for a fast clock (RFC 6238 section 5.2).
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    private readonly byte[] bytes;

    private AppKey(byte[] bytes) => this.bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => bytes;

    public static AppKey Draw() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Null for what is no such key.</summary>
    internal static AppKey? FromBytes(byte[] stored) =>
        stored.Length == Length ? new AppKey(stored) : null;

    /// <summary>Base32 as apps take it, in small letters and groups of four for whoever types it.</summary>
    public string ToGroups() =>
        string.Join(
            ' ',
            ToBase32().ToLowerInvariant().Chunk(GroupLength).Select(group => new string(group))
        );

    /// <summary>Base32 without padding.</summary>
    public string ToBase32() => Base32Encoding.ToString(bytes);

    /// <summary>The address that a QR code carries into the app (Key URI format).</summary>
    /// <param name="issuer">The site's name.</param>
    /// <param name="account">The person's name on it.</param>
    public string ToUri(string issuer, string account)
    {
        var (site, name) = (Uri.EscapeDataString(issuer), Uri.EscapeDataString(account));
        return $"otpauth://totp/{site}:{name}?secret={ToBase32()}&issuer={site}&digits={Digits}&period={StepSeconds}";
    }

    /// <summary>The time step whose code was typed; null if it is of none that is taken now.</summary>
    public long? FindStep(PinCode code, DateTimeOffset now) =>
        new Totp(bytes, StepSeconds, totpSize: Digits).VerifyTotp(
            now.UtcDateTime,
            code.Digits,
            out var step,
            Window
        )
            ? step
            : null;

    public override string ToString() => "app key";
}
