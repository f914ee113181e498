using System.Globalization;
using System.Text;
using static Otp2fa.InfobipSimulator.Hosting.HtmlTemplate;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>Renders the web phone. Every value is encoded where it is filled in; only rendered pieces go in as they are.</summary>
internal sealed class PhonePage(PhoneInbox inbox, MailFolder mails, TimeProvider time)
{
    /// <summary>The whole page, of one number or of all.</summary>
    public async Task<string> RenderAsync(string? number, CancellationToken cancellationToken)
    {
        var title = number is null ? "Messages" : $"Messages to {Shown(number)}";
        return Fill(
            PhoneFiles.Page,
            Text("title", title),
            Text("query", number is null ? "" : Uri.EscapeDataString(number)),
            Html("screen", await RenderScreenAsync(number, cancellationToken))
        );
    }

    /// <summary>The part that changes: contacts and messages, and where those of all numbers are shown, mail.</summary>
    public async Task<string> RenderScreenAsync(string? number, CancellationToken cancellationToken)
    {
        var screen = new StringBuilder();
        AppendContacts(screen, number);
        AppendMessages(screen, number);
        if (mails.IsShown && number is null)
        {
            screen.Append(RenderMailbox(await mails.NewestAsync(cancellationToken)));
        }

        return screen.ToString();
    }

    private void AppendContacts(StringBuilder screen, string? number)
    {
        var numbers = inbox.Numbers;
        if (numbers.Count == 0)
        {
            return;
        }

        screen.Append("<nav aria-label=\"Contacts\"><ul class=\"contacts\">");
        screen.Append(RenderContact("/phone", "All", current: number is null));
        foreach (var contact in numbers)
        {
            var current = string.Equals(contact, number, StringComparison.Ordinal);
            screen.Append(
                RenderContact("/phone/" + Uri.EscapeDataString(contact), Shown(contact), current)
            );
        }

        screen.Append("</ul></nav>");
    }

    private void AppendMessages(StringBuilder screen, string? number)
    {
        var messages = inbox.Messages(number);
        if (messages.Count == 0)
        {
            screen.Append("<p class=\"empty\">No messages yet.</p>");
            return;
        }

        screen.Append("<ol class=\"messages\" aria-label=\"Messages, newest first\">");
        foreach (var message in messages)
        {
            screen.Append(RenderMessage(message));
        }

        screen.Append("</ol>");
    }

    // The text above has all of it; a code of three hundred characters is nothing to press on.
    private static string LabelOf(string link) =>
        link.IndexOf('?', StringComparison.Ordinal) is var query and >= 0
            ? $"{link[..query]}?…"
            : link;

    private static string RenderContact(string address, string name, bool current) =>
        Fill(
            PhoneFiles.Contact,
            Text("address", address),
            Text("name", name),
            Html("current", current ? " aria-current=\"page\"" : "")
        );

    private string RenderMessage(PhoneMessage message) =>
        Fill(
            PhoneFiles.Message,
            Text("number", message.Number),
            Text("kind", message.Kind == PhoneMessageKind.Call ? "call" : "sms"),
            Html("call", message.Kind == PhoneMessageKind.Call ? PhoneFiles.Call : ""),
            Text("shown", Shown(message.Number)),
            Text("sender", message.Sender ?? "Unknown sender"),
            Text("text", message.Text),
            Text("instant", message.SentAt.ToString("O", CultureInfo.InvariantCulture)),
            Text("time", Time(message.SentAt))
        );

    private string RenderMailbox(IReadOnlyList<PhoneMail> newest) =>
        Fill(
            PhoneFiles.Mailbox,
            Html(
                "mails",
                newest.Count == 0
                    ? "<p class=\"empty\">No mail yet.</p>"
                    : $"<ol class=\"mails\">{string.Concat(newest.Select(RenderMail))}</ol>"
            )
        );

    private string RenderMail(PhoneMail mail) =>
        Fill(
            PhoneFiles.Mail,
            Text("file", mail.File),
            Text("to", mail.To),
            Text("subject", mail.Subject.Length == 0 ? "No subject" : mail.Subject),
            Text("text", mail.Text),
            Html(
                "links",
                string.Concat(
                    mail.Links.Select(link =>
                        Fill(
                            PhoneFiles.MailLink,
                            Text("address", link),
                            Text("label", LabelOf(link))
                        )
                    )
                )
            ),
            Text("instant", mail.SentAt.ToString("O", CultureInfo.InvariantCulture)),
            Text("time", Time(mail.SentAt))
        );

    private string Time(DateTimeOffset instant) =>
        TimeZoneInfo
            .ConvertTime(instant, time.LocalTimeZone)
            .ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Shown(string number) =>
        number.All(char.IsAsciiDigit) ? "+" + number : number;
}
