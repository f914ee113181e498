using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Otp2fa.Web.Tests.Site;

/// <summary>
/// The app on somebody's phone: RFC 6238 written out once more, so that the site is not checked against itself.
/// </summary>
internal sealed class Authenticator(string typedKey)
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly byte[] key = FromBase32(
        typedKey.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()
    );

    /// <summary>As an app takes the address from a QR code.</summary>
    public static Authenticator FromUri(string uri) =>
        new(QueryHelpers.ParseQuery(new Uri(uri).Query)["secret"].ToString());

    /// <summary>What it shows at a time, some steps of 30 seconds earlier or later.</summary>
    public string CodeAt(DateTimeOffset time, int steps = 0)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, (time.ToUnixTimeSeconds() / 30) + steps);
#pragma warning disable CA5350 // The algorithm that every app knows.
        var hash = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0x0f;
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & 0x7fffffff;
        return (number % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>A code of no step that is near.</summary>
    public string WrongCodeAt(DateTimeOffset time)
    {
        var near = Enumerable.Range(-3, 7).Select(step => CodeAt(time, step)).ToHashSet();
        return Enumerable
            .Range(0, 1_000_000)
            .Select(number => number.ToString("000000", CultureInfo.InvariantCulture))
            .First(code => !near.Contains(code));
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        int buffer = 0,
            bits = 0;
        foreach (var character in text)
        {
            buffer =
                ((buffer << 5) | Alphabet.IndexOf(character, StringComparison.Ordinal)) & 0xfff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
