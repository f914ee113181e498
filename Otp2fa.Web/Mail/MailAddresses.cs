using MimeKit;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Mail;

/// <summary>Which texts are mail addresses that something can be sent to.</summary>
internal static class MailAddresses
{
    /// <summary>What RFC 5321 allows unquoted, and no more; names to sign in with are of these, too.</summary>
    public const string AllowedCharacters =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-@";

    /// <summary>RFC 5321 4.5.3.1.1.</summary>
    private const int LongestLocalPart = 64;

    /// <summary>RFC 1035 2.3.4.</summary>
    private const int LongestLabel = 63;

    /// <summary>
    /// A bare address, local part and domain, with no name before it and no comment in it; its domain is one of the DNS or
    /// <c>localhost</c>. Null for every other text.
    /// </summary>
    public static MailboxAddress? Find(string? text) =>
        text is not null
        && text.Length <= OutboxMail.LongestAddress
        && text.All(AllowedCharacters.Contains)
        // An encoded word (RFC 2047): some readers would show another address.
        && !text.Contains("=?", StringComparison.Ordinal)
        && text.Split('@') is [{ Length: > 0 and <= LongestLocalPart }, var domain]
        && domain.Split('.').All(IsLabel)
        && MailboxAddress.TryParse(text, out var mailbox)
        && mailbox.Address == text
            ? mailbox
            : null;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
