namespace Otp2fa.Web.Data;

/// <summary>The 32 bytes behind <see cref="KeyedHash"/>: from settings, or made in the database by Development.</summary>
public sealed class HashKey
{
    public const int Length = 32;

    private byte[]? bytes;

    /// <summary>The one before; null if there was none, or if it is forgotten.</summary>
    internal byte[]? Former { get; private set; }

    /// <exception cref="InvalidOperationException">The start-up has not loaded the key yet.</exception>
    internal byte[] Bytes =>
        bytes ?? throw new InvalidOperationException("Security:HashKey is not loaded yet.");

    internal void Load(byte[] value, byte[]? former = null)
    {
        Former = former;
        bytes =
            value.Length == Length
                ? value
                : throw new ArgumentException("Not 32 bytes.", nameof(value));
    }
}
