using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Otp2fa.Web.Operations.Health;

/// <summary>Without a key that encrypts and decrypts, no cookie can be made or read.</summary>
internal sealed class KeyRingCheck(IDataProtectionProvider dataProtection) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var protector = dataProtection.CreateProtector("Otp2fa.Health");
        try
        {
            protector.Unprotect(protector.Protect([1]));
            return Task.FromResult(HealthCheckResult.Healthy("Cookies can be made and read."));
        }
        catch (CryptographicException)
        {
            return Task.FromResult(
                HealthCheckResult.Unhealthy(
                    "The key ring holds no key that can be used; nobody can sign in."
                )
            );
        }
    }
}
