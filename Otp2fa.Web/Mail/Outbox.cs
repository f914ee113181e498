using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Mail;

/// <summary>
/// Where mails wait to be sent. They are written in the transaction of what causes them: neither is there without the other,
/// and no request waits for a mail server.
/// </summary>
internal sealed class Outbox(Otp2faDbContext db, IOptions<MailOptions> options, TimeProvider time)
{
    /// <param name="kind">What it is about.</param>
    /// <param name="to">The address it goes to.</param>
    /// <param name="userId">Whose account it is about; null if nobody has looked.</param>
    /// <param name="usefulFor">How long it is worth to be sent; null as long as mails are tried at all.</param>
    /// <param name="returnUrl">Where the person was going.</param>
    /// <param name="eventId">What it tells, of a notice.</param>
    /// <param name="formerAddressId">The change of address that it is about.</param>
    public async Task AddAsync(
        MailKind kind,
        string to,
        string? userId = null,
        TimeSpan? usefulFor = null,
        string? returnUrl = null,
        long? eventId = null,
        long? formerAddressId = null
    )
    {
        if (options.Value.Disabled)
        {
            return;
        }

        var now = time.GetUtcNow();
        var longest = options.Value.GiveUpAfter;
        await db.InsertAsync(
            new OutboxMail
            {
                Kind = kind,
                To = to,
                UserId = userId,
                EventId = eventId,
                FormerAddressId = formerAddressId,
                ReturnUrl = returnUrl?.Length > OutboxMail.LongestReturnUrl ? null : returnUrl,
                CreatedUtc = now,
                ExpiresUtc = now + (usefulFor < longest ? usefulFor.Value : longest),
                NotBeforeUtc = now,
            }
        );
    }
}
