using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Otp2fa.Web.Mail;

/// <summary>
/// Hands mails to the server of <c>Mail:Smtp</c>, several over one connection. A connection in which anything went wrong is
/// not used again.
/// </summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport, IDisposable
{
    private readonly MailOptions mail = options.Value;
    private SmtpClient? client;

    public async Task<MailDelivery> SendAsync(MimeMessage message)
    {
        using var patience = new CancellationTokenSource(mail.Timeout);
        var isConnected = false;
        try
        {
            var connected = await ConnectAsync(patience.Token);
            isConnected = true;
            await connected.SendAsync(message, patience.Token);
            return new MailDelivery(MailDeliveryStatus.Taken);
        }
        catch (Exception exception) when (Explain(exception, isConnected) is { } delivery)
        {
            Dispose();
            return delivery;
        }
    }

    public void Dispose()
    {
        // Without a goodbye, which a server that hangs would not answer; the mails it took are its own.
        client?.Dispose();
        client = null;
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        if (client is { IsConnected: true } open)
        {
            return open;
        }

        Dispose();
        client = new SmtpClient { Timeout = (int)mail.Timeout.TotalMilliseconds };
        var smtp = mail.Smtp;
        await client.ConnectAsync(
            smtp.Host!,
            smtp.Port,
            smtp.Security switch
            {
                SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
                SmtpSecurity.ImplicitTls => SecureSocketOptions.SslOnConnect,
                SmtpSecurity.None => SecureSocketOptions.None,
            },
            cancellationToken
        );
        if (!string.IsNullOrEmpty(smtp.UserName))
        {
            await client.AuthenticateAsync(smtp.UserName, smtp.Password!, cancellationToken);
        }

        return client;
    }

    /// <returns>Null for what is no fault of the far end.</returns>
    private static MailDelivery? Explain(Exception exception, bool isConnected) =>
        exception switch
        {
            SmtpCommandException
            {
                ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted,
            } refused => new MailDelivery(
                (int)refused.StatusCode >= 500
                    ? MailDeliveryStatus.Refused
                    : MailDeliveryStatus.Later,
                $"{refused.ErrorCode}, status {(int)refused.StatusCode}"
            ),
            // Of the sender or of anything else: a fault of the settings and not of this mail.
            SmtpCommandException refused => new MailDelivery(
                MailDeliveryStatus.NotReached,
                $"{refused.ErrorCode}, status {(int)refused.StatusCode}"
            ),
            AuthenticationException
            or ServiceNotAuthenticatedException
            or SslHandshakeException
            or NotSupportedException => new MailDelivery(
                MailDeliveryStatus.NotReached,
                exception.GetType().Name
            ),
            OperationCanceledException
            or SmtpProtocolException
            or ServiceNotConnectedException
            or IOException
            or SocketException
            or TimeoutException => new MailDelivery(
                isConnected ? MailDeliveryStatus.Unknown : MailDeliveryStatus.NotReached,
                exception is OperationCanceledException
                    ? "no answer in time"
                    : exception.GetType().Name
            ),
            _ => null,
        };
}
