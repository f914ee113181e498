using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// Lets the doctor look once after the start, in the background: a site whose codes can be replayed, or are too short, says so
/// on its health page. Whether Infobip answers delays nothing.
/// </summary>
internal sealed class SetupCheck(
    IServiceScopeFactory scopes,
    SetupState state,
    IOptions<InfobipOptions> options,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    ILogger<SetupCheck> logger
) : BackgroundService
{
    private bool IsWanted =>
        options.Value.CheckAtStart
        ?? (environment.IsProduction() && !string.IsNullOrEmpty(options.Value.ManagementKey));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsWanted || !await HasStartedAsync(stoppingToken))
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var findings = await scope.ServiceProvider.GetRequiredService<SetupDoctor>().ExamineAsync();
        foreach (var finding in findings.Where(finding => finding.Level == FindingLevel.Fail))
        {
            logger.SetupFails(finding.Id, finding.Found, finding.Why, finding.Mend!);
        }

        foreach (var finding in findings.Where(finding => finding.Level == FindingLevel.Warn))
        {
            logger.SetupCouldBeBetter(finding.Id, finding.Found, finding.Why, finding.Mend!);
        }

        state.Findings = findings;
    }

    private async Task<bool> HasStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        await using var onStart = lifetime.ApplicationStarted.Register(() =>
            started.TrySetResult(true)
        );
        await using var onStop = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }
}
