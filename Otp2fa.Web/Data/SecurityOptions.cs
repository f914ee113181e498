using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Data;

/// <summary>Section <c>Security</c>.</summary>
public sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>
    /// Base64 of 32 random bytes that key every stored hash of a number or pinId. The same on every instance; Production
    /// refuses to start without it, Development makes one in its database.
    /// </summary>
    public string? HashKey { get; set; }

    /// <summary>
    /// The hash key before this one, in the same form, for as long as recovery codes from its time are to work. Default none.
    /// </summary>
    public string? FormerHashKey { get; set; }

    /// <summary>
    /// File of the certificate with its private key that the key ring is encrypted with in the database (R42): PKCS #12, or PEM
    /// with both if it ends in .pem. The same on every instance. Production refuses to start without one, unless
    /// <see cref="UnencryptedKeyRing"/> says that this is meant.
    /// </summary>
    public string? KeyRingCertificate { get; set; }

    /// <summary>Of the file of <see cref="KeyRingCertificate"/> and of the former ones; none if they have none.</summary>
    public string? KeyRingCertificatePassword { get; set; }

    /// <summary>Files of certificates that older keys of the ring are encrypted with, and new ones no more.</summary>
    public IList<string> FormerKeyRingCertificates { get; } = [];

    /// <summary>
    /// Whoever reads the database may make cookies: for an installation whose database is encrypted by other means. Default
    /// false.
    /// </summary>
    public bool UnencryptedKeyRing { get; set; }

    internal byte[]? DecodeHashKey() => Decode(HashKey);

    internal byte[]? DecodeFormerHashKey() => Decode(FormerHashKey);

    private static byte[]? Decode(string? text)
    {
        var buffer = new byte[Data.HashKey.Length + 1];
        return
            Convert.TryFromBase64String(text ?? string.Empty, buffer, out var written)
            && written == Data.HashKey.Length
            ? buffer[..written]
            : null;
    }
}

internal sealed class SecurityOptionsValidator(IHostEnvironment environment)
    : IValidateOptions<SecurityOptions>
{
    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        string[] failures = [.. KeyFailures(options), .. RingFailures(options)];
        return failures.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures);
    }

    private IEnumerable<string> KeyFailures(SecurityOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.HashKey))
        {
            if (!environment.IsDevelopment())
            {
                yield return "Security:HashKey is missing. Set it to the base64 of 32 random bytes, the same on every instance.";
            }
        }
        else if (options.DecodeHashKey() is null)
        {
            yield return "Security:HashKey is not the base64 of exactly 32 bytes.";
        }

        if (
            !string.IsNullOrWhiteSpace(options.FormerHashKey)
            && options.DecodeFormerHashKey() is null
        )
        {
            yield return "Security:FormerHashKey is not the base64 of exactly 32 bytes.";
        }
    }

    private IEnumerable<string> RingFailures(SecurityOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.KeyRingCertificate))
        {
            if (environment.IsProduction() && !options.UnencryptedKeyRing)
            {
                yield return "Security:KeyRingCertificate is missing: without it whoever reads the database can make cookies. Set it to the file of a certificate with its private key, or set Security:UnencryptedKeyRing to true if that is meant.";
            }
        }
        else if (options.UnencryptedKeyRing)
        {
            yield return "Security:UnencryptedKeyRing and Security:KeyRingCertificate contradict each other. Set one of them.";
        }

        foreach (var failure in KeyRingCertificates.Load(options).Failures)
        {
            yield return failure;
        }
    }
}
