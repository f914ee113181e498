using System.Buffers.Text;
using System.Security.Cryptography;

namespace Otp2fa.Web.Data;

/// <summary>
/// Keys that a browser or a ticket holds and a row answers to: 256 bits from the system's generator as base64url, stored
/// as SHA-256 only (ASVS 7.2.3, 11.5.1).
/// </summary>
internal static class RandomKey
{
    private const int Bytes = 32;

    public static (string Text, byte[] Hash) Draw()
    {
        var key = RandomNumberGenerator.GetBytes(Bytes);
        return (Base64Url.EncodeToString(key), SHA256.HashData(key));
    }

    /// <summary>Null for what is no such key.</summary>
    public static byte[]? HashOf(string? text) =>
        text is not null && Base64Url.IsValid(text, out var length) && length == Bytes
            ? SHA256.HashData(Base64Url.DecodeFromChars(text))
            : null;
}
