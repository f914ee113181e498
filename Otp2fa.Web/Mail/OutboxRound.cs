using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Mail;

/// <summary>
/// Sends what is due, one mail after the other. Each is taken by one conditional UPDATE that moves its next try past the end
/// of this one, so that of several instances one sends it, and the mail of one that was killed is tried again. Sent means
/// deleted; a kill in the moment between the mail server's yes and that sends it once more, under the same Message-Id.
/// </summary>
internal sealed class OutboxRound(
    Otp2faDbContext db,
    IMailWriter writer,
    IMailTransport transport,
    MailMessages messages,
    MailMeters meters,
    IOptions<MailOptions> options,
    TimeProvider time,
    ILogger<OutboxRound> logger
)
{
    private const int MostUnknown = 5;

    private const int RemovalTries = 3;

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
    ];

    /// <summary>Tries every mail that is due, until the mail server cannot be reached.</summary>
    /// <param name="stopping">Ends it between two mails, never within one.</param>
    /// <returns>How many were handed over.</returns>
    public async Task<int> SendDueAsync(CancellationToken stopping)
    {
        var sent = 0;
        while (!stopping.IsCancellationRequested && await FindDueAsync(stopping) is { } mail)
        {
            if (!await TryTakeAsync(mail))
            {
                continue;
            }

            var delivery = await TryAsync(mail);
            switch (delivery.Status)
            {
                case MailDeliveryStatus.Taken:
                    await RemoveAsync(mail);
                    sent++;
                    break;
                case MailDeliveryStatus.Refused:
                    await SetAsideAsync(mail, delivery.Reason);
                    break;
                // Each try may be one more copy in the mailbox.
                case MailDeliveryStatus.Unknown when mail.Attempts + 1 >= MostUnknown:
                    await SetAsideAsync(mail, delivery.Reason);
                    break;
                case MailDeliveryStatus.Unknown or MailDeliveryStatus.Later:
                    await PostponeAsync(mail, delivery.Reason);
                    break;
                case MailDeliveryStatus.NotReached:
                    await PostponeAsync(mail, delivery.Reason);
                    return sent;
            }
        }

        return sent;
    }

    private Task<OutboxMail?> FindDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return db
            .OutboxMails.AsNoTracking()
            .Where(m => m.SetAsideUtc == null && m.NotBeforeUtc <= now)
            .OrderBy(m => m.NotBeforeUtc)
            .ThenBy(m => m.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<bool> TryTakeAsync(OutboxMail mail)
    {
        // Connecting and sending end with the time-out; as long again for everything around.
        var until = time.GetUtcNow() + options.Value.Timeout + options.Value.Timeout;
        return await Own(mail, mail.Attempts)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(m => m.NotBeforeUtc, until)
                        .SetProperty(m => m.Attempts, mail.Attempts + 1)
                ) == 1;
    }

    private async Task<MailDelivery> TryAsync(OutboxMail mail)
    {
        if (mail.ExpiresUtc <= time.GetUtcNow())
        {
            return new MailDelivery(MailDeliveryStatus.Refused, "too late");
        }

        MimeMessage message;
        try
        {
            if (await writer.WriteAsync(mail, CancellationToken.None) is not { } text)
            {
                return new MailDelivery(MailDeliveryStatus.Taken);
            }

            message = messages.Create(mail, text);
        }
        catch (FormatException)
        {
            return new MailDelivery(MailDeliveryStatus.Refused, "not an address");
        }
        catch (Exception exception) when (exception is not DbException)
        {
            // Whatever is wrong with one mail must not keep the others from going.
            logger.NotWritten(mail.Id, mail.Kind, exception);
            return new MailDelivery(MailDeliveryStatus.Later, exception.GetType().Name);
        }

        var delivery = await transport.SendAsync(message);
        meters.Tried(mail.Kind, delivery.Status);
        return delivery;
    }

    private async Task RemoveAsync(OutboxMail mail)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await Own(mail, mail.Attempts + 1).ExecuteDeleteAsync();
                return;
            }
            catch (DbException) when (tries < RemovalTries)
            {
                // The mail is out; left in the outbox it would go out once more.
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }
    }

    private async Task PostponeAsync(OutboxMail mail, string reason)
    {
        var next = time.GetUtcNow() + Waits[Math.Min(mail.Attempts, Waits.Length - 1)];
        if (next >= mail.ExpiresUtc)
        {
            await SetAsideAsync(mail, reason);
            return;
        }

        await Own(mail, mail.Attempts + 1)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NotBeforeUtc, next));
        logger.Postponed(mail.Id, mail.Kind, mail.Attempts + 1, reason, next);
    }

    private async Task SetAsideAsync(OutboxMail mail, string reason)
    {
        var now = time.GetUtcNow();
        var setAside = await Own(mail, mail.Attempts + 1)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.SetAsideUtc, now));
        if (setAside == 1)
        {
            meters.SetAside(mail.Kind);
            logger.SetAside(mail.Id, mail.Kind, mail.Attempts + 1, reason);
        }
    }

    // Whoever tries it next counts one more: then it is not ours any longer.
    private IQueryable<OutboxMail> Own(OutboxMail mail, int attempts) =>
        db.OutboxMails.Where(m =>
            m.Id == mail.Id && m.Attempts == attempts && m.SetAsideUtc == null
        );
}
