using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Mail;

/// <summary>Sends the mails of the outbox, on every instance, for as long as the site runs.</summary>
internal sealed class OutboxWorker(
    IServiceScopeFactory scopes,
    IOptions<MailOptions> options,
    TimeProvider time,
    ILogger<OutboxWorker> logger
) : BackgroundService
{
    private bool isFailing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Disabled)
        {
            return;
        }

        try
        {
            while (true)
            {
                await Task.Delay(options.Value.PollInterval, time, stoppingToken);
                await TrySendDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops, perhaps before it ever started.
        }
    }

    internal async Task<int> SendDueAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<OutboxRound>()
            .SendDueAsync(stoppingToken);
    }

    private async Task TrySendDueAsync(CancellationToken stoppingToken)
    {
        try
        {
            await SendDueAsync(stoppingToken);
            isFailing = false;
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Once, and not every second for as long as the database is gone.
            if (!isFailing)
            {
                logger.RoundFailed(exception);
            }

            isFailing = true;
        }
    }
}
