using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Operations.Health;

/// <summary>An instance of a newer version must not get requests before its migrations are applied.</summary>
internal sealed class MigrationsCheck(Otp2faDbContext db) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        return pending == 0
            ? HealthCheckResult.Healthy("All migrations of this version are applied.")
            : HealthCheckResult.Unhealthy(
                $"{pending} migrations of this version are not applied. Apply them, or set Database:MigrateAtStart to true for one start."
            );
    }
}
