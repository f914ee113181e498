using System.Globalization;
using System.Text;
using static Otp2fa.InfobipSimulator.Hosting.HtmlTemplate;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>Renders the web phone. Every value is encoded where it is filled in; only rendered pieces go in as they are.</summary>
internal sealed class PhonePage(PhoneInbox inbox, TimeProvider time)
{
    /// <summary>The whole page, of one number or of all.</summary>
    public string Render(string? number)
    {
        var title = number is null ? "Messages" : $"Messages to {Shown(number)}";
        return Fill(
            PhoneFiles.Page,
            Text("title", title),
            Text("query", number is null ? "" : Uri.EscapeDataString(number)),
            Html("screen", RenderScreen(number))
        );
    }

    /// <summary>The part that changes: contacts and messages.</summary>
    public string RenderScreen(string? number)
    {
        var screen = new StringBuilder();
        var numbers = inbox.Numbers;
        if (numbers.Count > 0)
        {
            screen.Append("<nav aria-label=\"Contacts\"><ul class=\"contacts\">");
            screen.Append(RenderContact("/phone", "All", current: number is null));
            foreach (var contact in numbers)
            {
                var current = string.Equals(contact, number, StringComparison.Ordinal);
                screen.Append(
                    RenderContact(
                        "/phone/" + Uri.EscapeDataString(contact),
                        Shown(contact),
                        current
                    )
                );
            }

            screen.Append("</ul></nav>");
        }

        var messages = inbox.Messages(number);
        if (messages.Count == 0)
        {
            return screen.Append("<p class=\"empty\">No messages yet.</p>").ToString();
        }

        screen.Append("<ol class=\"messages\" aria-label=\"Messages, newest first\">");
        foreach (var message in messages)
        {
            screen.Append(RenderMessage(message));
        }

        return screen.Append("</ol>").ToString();
    }

    private static string RenderContact(string address, string name, bool current) =>
        Fill(
            PhoneFiles.Contact,
            Text("address", address),
            Text("name", name),
            Html("current", current ? " aria-current=\"page\"" : "")
        );

    private string RenderMessage(PhoneMessage message)
    {
        var local = TimeZoneInfo.ConvertTime(message.SentAt, time.LocalTimeZone);
        return Fill(
            PhoneFiles.Message,
            Text("number", message.Number),
            Text("kind", message.Kind == PhoneMessageKind.Call ? "call" : "sms"),
            Html("call", message.Kind == PhoneMessageKind.Call ? PhoneFiles.Call : ""),
            Text("shown", Shown(message.Number)),
            Text("sender", message.Sender ?? "Unknown sender"),
            Text("text", message.Text),
            Text("instant", message.SentAt.ToString("O", CultureInfo.InvariantCulture)),
            Text("time", local.ToString("d MMM, HH:mm:ss", CultureInfo.InvariantCulture))
        );
    }

    private static string Shown(string number) =>
        number.All(char.IsAsciiDigit) ? "+" + number : number;
}
