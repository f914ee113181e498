using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Otp2fa.Web.Data;

/// <summary>The certificates behind the key ring: one that new keys are encrypted with, and those that older ones were.</summary>
/// <param name="Current">Null without one.</param>
/// <param name="Former">For reading alone.</param>
/// <param name="Failures">A sentence for each setting that names nothing usable; no path and no password in them.</param>
internal sealed record KeyRingCertificates(
    X509Certificate2? Current,
    IReadOnlyList<X509Certificate2> Former,
    IReadOnlyList<string> Failures
)
{
    public static KeyRingCertificates Load(SecurityOptions options)
    {
        List<string> failures = [];
        var current = string.IsNullOrWhiteSpace(options.KeyRingCertificate)
            ? null
            : TryLoad(options.KeyRingCertificate, "Security:KeyRingCertificate");
        List<X509Certificate2> former =
        [
            .. options
                .FormerKeyRingCertificates.Select(
                    (path, i) => TryLoad(path, $"Security:FormerKeyRingCertificates:{i}")
                )
                .OfType<X509Certificate2>(),
        ];
        return new KeyRingCertificates(current, former, failures);

        X509Certificate2 LoadPem(string path) =>
            string.IsNullOrEmpty(options.KeyRingCertificatePassword)
                ? X509Certificate2.CreateFromPemFile(path)
                : X509Certificate2.CreateFromEncryptedPemFile(
                    path,
                    options.KeyRingCertificatePassword
                );

        X509Certificate2? TryLoad(string path, string setting)
        {
            if (!File.Exists(path))
            {
                failures.Add($"{setting} names a file that is not there, or may not be seen.");
                return null;
            }

            try
            {
                var certificate = path.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                    ? LoadPem(path)
                    : X509CertificateLoader.LoadPkcs12FromFile(
                        path,
                        options.KeyRingCertificatePassword
                    );
                if (certificate.GetRSAPrivateKey() is not null)
                {
                    return certificate;
                }

                failures.Add(
                    $"{setting} has no private RSA key. Take a certificate with one (openssl req -x509 -newkey rsa:3072)."
                );
            }
            catch (CryptographicException)
            {
                failures.Add(
                    $"{setting} is no certificate that can be read. It must be PKCS #12, or PEM with certificate and private key and a name that ends in .pem; look at Security:KeyRingCertificatePassword too."
                );
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or UnauthorizedAccessException
                            or ArgumentException
                            or NotSupportedException
                )
            {
                failures.Add(
                    $"{setting} names a file that cannot be opened ({exception.GetType().Name})."
                );
            }

            return null;
        }
    }
}
