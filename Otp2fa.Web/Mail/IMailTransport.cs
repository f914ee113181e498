using MimeKit;

namespace Otp2fa.Web.Mail;

/// <summary>Hands mails over. To send in another way than by SMTP, register another one in <see cref="MailRegistration"/>.</summary>
public interface IMailTransport
{
    /// <returns>What became of it. Every fault of the far end is an answer; only a fault of this program is an exception.</returns>
    Task<MailDelivery> SendAsync(MimeMessage message);
}
