using Microsoft.Extensions.Diagnostics.HealthChecks;
using Otp2fa.Web.Operations.Setup;

namespace Otp2fa.Web.Operations.Health;

/// <summary>
/// What the check at the start found at Infobip. Degraded and not worse: taking the site away would not mend the set-up.
/// </summary>
internal sealed class SetupHealthCheck(SetupState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            state.Examination switch
            {
                null => HealthCheckResult.Healthy("Not checked."),
                { Findings: var findings }
                    when findings.FirstOrDefault(SetupRules.MakesCodesUnsafe) is { } unsafeOne =>
                    HealthCheckResult.Degraded(
                        $"{unsafeOne.Found}: {unsafeOne.Why} {unsafeOne.Mend}"
                    ),
                { IsComplete: true } => HealthCheckResult.Healthy(
                    "Codes are made as this site says."
                ),
                _ => HealthCheckResult.Healthy("Not checked: the log says why."),
            }
        );
}
