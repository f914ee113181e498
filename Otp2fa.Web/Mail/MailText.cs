namespace Otp2fa.Web.Mail;

/// <summary>What a mail says. It has one link, and nothing in it is markup.</summary>
/// <param name="To">The address it goes to.</param>
/// <param name="Subject">Without the name of the site, which comes before it.</param>
/// <param name="Before">The paragraphs before the link.</param>
/// <param name="LinkText">What the link does.</param>
/// <param name="Link">Where it leads.</param>
/// <param name="After">The paragraphs after it.</param>
public sealed record MailText(
    string To,
    string Subject,
    IReadOnlyList<string> Before,
    string LinkText,
    Uri Link,
    IReadOnlyList<string> After
);
