using System.Security.Cryptography;
using System.Text;

namespace Otp2fa.Web.Data;

/// <summary>
/// HMAC-SHA256 under <c>Security:HashKey</c>, for what is stored only to be compared: phone numbers and pinIds. A plain
/// hash of a phone number is undone by trying all numbers; without the key this one is not.
/// </summary>
public sealed class KeyedHash(HashKey key)
{
    /// <param name="kind">Separates what is hashed, so that equal texts of two kinds never compare equal.</param>
    /// <param name="value">The text to hash.</param>
    /// <returns>32 bytes.</returns>
    public byte[] Compute(string kind, string value) => Compute(key.Bytes, kind, value);

    /// <summary>Under the key before this one, for what outlives a key.</summary>
    /// <inheritdoc cref="Compute(string,string)"/>
    /// <returns>32 bytes; null without a former key.</returns>
    public byte[]? ComputeFormer(string kind, string value) =>
        key.Former is { } former ? Compute(former, kind, value) : null;

    private static byte[] Compute(byte[] key, string kind, string value) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{kind}\0{value}"));
}
