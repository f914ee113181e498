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
    TimeProvider time,
    ILogger<SetupCheck> logger
) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    // The key of the site may not read the set-up, and should not.
    private bool IsWanted =>
        !string.IsNullOrEmpty(options.Value.ManagementKey)
        && (options.Value.CheckAtStart ?? environment.IsProduction());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsWanted || !await HasStartedAsync(stoppingToken))
        {
            return;
        }

        try
        {
            while (!await TryLookAsync(stoppingToken))
            {
                await Task.Delay(Again, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    /// <returns>False if it is to be looked at again: not every question had an answer, or codes are not safe.</returns>
    private async Task<bool> TryLookAsync(CancellationToken stoppingToken)
    {
        SetupExamination examination;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            examination = await scope
                .ServiceProvider.GetRequiredService<SetupDoctor>()
                .ExamineAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // A look that fails must not end the site that it looks after.
            logger.SetupNotLookedAt(exception);
            return false;
        }

        foreach (var finding in examination.Findings)
        {
            switch (finding.Level)
            {
                case FindingLevel.Fail:
                    logger.SetupFails(finding.Id, finding.Found, finding.Why, finding.Mend!);
                    break;
                case FindingLevel.Warn:
                    logger.SetupCouldBeBetter(
                        finding.Id,
                        finding.Found,
                        finding.Why,
                        finding.Mend!
                    );
                    break;
            }
        }

        state.Examination = examination;
        return examination.IsAnswered && !examination.Findings.Any(SetupRules.MakesCodesUnsafe);
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
