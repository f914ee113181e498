using System.ComponentModel.DataAnnotations;

namespace Otp2fa.Web.Mail;

/// <summary>Section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>
    /// True: the site sends no mail. Registration and the reset of passwords are closed then, because nobody could prove an
    /// address, and nobody is told what happens to an account.
    /// </summary>
    public bool Disabled { get; set; }

    /// <summary>
    /// Where the links in mails lead, such as <c>https://accounts.example.com</c>; never taken from a request (threat T26).
    /// https, except towards this machine.
    /// </summary>
    public string? BaseUrl { get; set; }

    /// <summary>The address that mails come from.</summary>
    public string? SenderAddress { get; set; }

    /// <summary>The name of the site: the sender's name, and the first word of every subject. Default Otp2fa.</summary>
    [Required(ErrorMessage = "Mail:SenderName must be the name of the site.")]
    [StringLength(64, ErrorMessage = "Mail:SenderName must have at most 64 characters.")]
    public string SenderName { get; set; } = "Otp2fa";

    /// <summary>
    /// For Development without a mail server: mails are written into this folder, which the web phone shows. Relative to the
    /// content root.
    /// </summary>
    public string? PickupFolder { get; set; }

    /// <summary>
    /// Longest time that the mail server may take for one mail, all in all; 1 second to 10 minutes. Default 2 minutes. A server
    /// that looks into mails before it takes them is slow to say yes; one that is given up too soon gets the mail again.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:01",
        "00:10:00",
        ErrorMessage = "Mail:Timeout must be 1 second to 10 minutes (00:02:00)."
    )]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often an instance looks for mails to send; 0.1 seconds to 1 minute. Default 1 second.</summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00.1",
        "00:01:00",
        ErrorMessage = "Mail:PollInterval must be 0.1 seconds to 1 minute (00:00:01)."
    )]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a mail is tried before it is set aside; 10 minutes to 1 day, the default. A link that somebody asked for is
    /// tried as long as it would have worked.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:10:00",
        "1.00:00:00",
        ErrorMessage = "Mail:GiveUpAfter must be 10 minutes to 1 day (1.00:00:00)."
    )]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long a mail that was set aside is kept for the operator to look at; 1 hour to 30 days. Default 7 days.</summary>
    [Range(
        typeof(TimeSpan),
        "01:00:00",
        "30.00:00:00",
        ErrorMessage = "Mail:SetAsideKept must be 1 hour to 30 days (7.00:00:00)."
    )]
    public TimeSpan SetAsideKept { get; set; } = TimeSpan.FromDays(7);

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Mails go to a folder, because no mail server is named.</summary>
    internal bool GoesToFolder => !Disabled && string.IsNullOrWhiteSpace(Smtp.Host);
}
