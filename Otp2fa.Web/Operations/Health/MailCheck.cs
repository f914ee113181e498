using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Operations.Health;

/// <summary>
/// Whether mails go out. Degraded and not worse: they wait in the database that all instances share, and the rest of the site
/// works.
/// </summary>
internal sealed class MailCheck(Otp2faDbContext db, TimeProvider time) : IHealthCheck
{
    /// <summary>A mail that was tried and still waits after so long is more than a hiccup.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var now = time.GetUtcNow();
        var (lateBefore, setAsideSince) = (now - Late, now - Day);
        var late = await db.OutboxMails.CountAsync(
            m => m.SetAsideUtc == null && m.CreatedUtc <= lateBefore,
            cancellationToken
        );
        if (late > 0)
        {
            return HealthCheckResult.Degraded(
                $"Mails that wait for more than {Late.TotalMinutes:0} minutes: {late}; the log says why."
            );
        }

        var setAside = await db.OutboxMails.CountAsync(
            m => m.SetAsideUtc > setAsideSince,
            cancellationToken
        );
        return setAside > 0
            ? HealthCheckResult.Degraded(
                $"Mails that were given up since yesterday: {setAside}; the log says why."
            )
            : HealthCheckResult.Healthy("Mails go out.");
    }
}
