namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>A mail as the web phone shows it.</summary>
/// <param name="File">The name of its file, which orders mails by time.</param>
/// <param name="To">Addresses as a person reads them, with their names.</param>
/// <param name="Subject">Empty when it has none.</param>
/// <param name="SentAt">What its Date header says.</param>
/// <param name="Text">Its plain text; empty when it has only another form.</param>
/// <param name="Links">http and https addresses of the text and of the links in the HTML, each once.</param>
internal sealed record PhoneMail(
    string File,
    string To,
    string Subject,
    DateTimeOffset SentAt,
    string Text,
    IReadOnlyList<string> Links
);
