using System.ComponentModel.DataAnnotations;

namespace Otp2fa.Web.Accounts;

/// <summary>Section <c>Support</c>: who helps a person that cannot get in.</summary>
public sealed class SupportOptions
{
    public const string Section = "Support";

    /// <summary>
    /// Shown as it stands wherever the site cannot help: a mail address, a telephone number, opening hours. At most 200
    /// characters.
    /// </summary>
    [Required(
        ErrorMessage = "Support:Contact is missing. Say who helps a person that lost the phone, such as a mail address."
    )]
    [StringLength(200, ErrorMessage = "Support:Contact must be at most 200 characters.")]
    public string Contact { get; set; } = string.Empty;
}
