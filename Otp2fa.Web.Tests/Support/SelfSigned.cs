using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Otp2fa.Web.Tests.Support;

/// <summary>Certificates that nobody vouches for, good for today.</summary>
internal static class SelfSigned
{
    public static X509Certificate2 Certificate(RSA key, string name)
    {
        var request = new CertificateRequest(
            $"CN={name}",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return request.CreateSelfSigned(
            TimeProvider.System.GetUtcNow().AddDays(-1),
            TimeProvider.System.GetUtcNow().AddDays(1)
        );
    }
}
