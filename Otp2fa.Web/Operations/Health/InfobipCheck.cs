using Microsoft.Extensions.Diagnostics.HealthChecks;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Health;

/// <summary>
/// Whether Infobip is being asked. Degraded and not worse: another instance would not reach it either, and the rest of the
/// site works.
/// </summary>
internal sealed class InfobipCheck(InfobipCircuits circuits, OutageSwitch outage) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            (outage.IsOn, circuits.Sends.IsOpen, circuits.Checks.IsOpen) switch
            {
                (true, _, _) => HealthCheckResult.Degraded(
                    "Outage:Declared is true: Infobip is not asked."
                ),
                (_, true, true) => HealthCheckResult.Degraded(
                    "Infobip fails or is slow: codes are neither sent nor checked."
                ),
                (_, true, _) => HealthCheckResult.Degraded(
                    "Infobip fails or is slow: codes are not sent."
                ),
                (_, _, true) => HealthCheckResult.Degraded(
                    "Infobip fails or is slow: codes are not checked, and so none is sent."
                ),
                _ => HealthCheckResult.Healthy("Codes are sent and checked."),
            }
        );
}
