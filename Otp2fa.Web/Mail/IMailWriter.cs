using Otp2fa.Web.Data;

namespace Otp2fa.Web.Mail;

/// <summary>Says what stands in a mail, at the moment it is sent.</summary>
public interface IMailWriter
{
    /// <returns>Null if there is nothing to say any more, or to nobody.</returns>
    Task<MailText?> WriteAsync(OutboxMail mail, CancellationToken cancellationToken);
}
