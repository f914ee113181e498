using System.Text;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Options;
using MimeKit;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Mail;

/// <summary>Turns what a mail says into a message: plain text and HTML, one link in each.</summary>
internal sealed class MailMessages(IOptions<MailOptions> options, TimeProvider time)
{
    /// <exception cref="FormatException">The address is none that a mail can go to.</exception>
    public MimeMessage Create(OutboxMail mail, MailText text)
    {
        var settings = options.Value;
        var message = new MimeMessage
        {
            Subject = $"{settings.SenderName}: {text.Subject}",
            Date = time.GetUtcNow(),
            MessageId = $"{mail.MessageKey}@{new Uri(settings.BaseUrl!).Host}",
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = Plain(text, settings.SenderName) },
                new TextPart("html") { Text = Html(text, settings.SenderName) },
            },
        };
        message.From.Add(new MailboxAddress(settings.SenderName, settings.SenderAddress!));
        message.To.Add(
            MailAddresses.Find(text.To)
                ?? throw new FormatException("The address is none that a mail can go to.")
        );
        // So that no holiday notice answers (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        return message;
    }

    private static string Plain(MailText text, string signature) =>
        string.Join(
            "\n\n",
            [
                .. text.Before,
                $"{text.LinkText}:\n{text.Link.AbsoluteUri}",
                .. text.After,
                $"{signature}\n",
            ]
        );

    private static string Html(MailText text, string signature)
    {
        var encoder = HtmlEncoder.Default;
        var html = new StringBuilder();
        foreach (var paragraph in text.Before)
        {
            html.Append("<p>").Append(encoder.Encode(paragraph)).Append("</p>\n");
        }

        html.Append("<p><a href=\"")
            .Append(encoder.Encode(text.Link.AbsoluteUri))
            .Append("\">")
            .Append(encoder.Encode(text.LinkText))
            .Append("</a></p>\n");
        foreach (var paragraph in text.After.Append(signature))
        {
            html.Append("<p>").Append(encoder.Encode(paragraph)).Append("</p>\n");
        }

        return html.ToString();
    }
}
