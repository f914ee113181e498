using Otp2fa.InfobipSimulator.Hosting;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>The files of the web phone, from inside the assembly.</summary>
internal static class PhoneFiles
{
    public static string Page { get; } = Read("page.html");

    public static string Contact { get; } = Read("contact.html");

    public static string Message { get; } = Read("message.html");

    /// <summary>What tells a call from a message, in front of its sender.</summary>
    public static string Call { get; } = Read("call.html").Trim() + " ";

    public static string Mailbox { get; } = Read("mailbox.html");

    public static string Mail { get; } = Read("mail.html");

    public static string MailLink { get; } = Read("mail-link.html");

    public static string Style { get; } = Read("phone.css");

    public static string Script { get; } = Read("phone.js");

    public static string Icon { get; } = Read("phone.svg");

    private static string Read(string name) => EmbeddedFile.Read("Phone/" + name);
}
