using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Accounts;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    public const string Section = "Accounts";

    /// <summary>OWASP's floor for PBKDF2-HMAC-SHA512; Development may go below it, so that tests are quick.</summary>
    internal const int PasswordIterationsFloor = 210_000;

    /// <summary>PBKDF2-HMAC-SHA512 iterations of the password hash. Default and floor 210,000.</summary>
    [Range(1, 10_000_000, ErrorMessage = "Accounts:PasswordIterations must be 1 to 10000000.")]
    public int PasswordIterations { get; set; } = PasswordIterationsFloor;

    /// <summary>
    /// How long a sign-in lasts, absolute, "remember me" included (ASVS 7.3.2); 5 minutes to 24 hours. Default 24 hours.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:05:00",
        "1.00:00:00",
        ErrorMessage = "Accounts:SessionLifetime must be 5 minutes to 24 hours (1.00:00:00)."
    )]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// A session without any request for so long ends (NIST SP 800-63B-4 2.2.3, ASVS 7.3.1), noted to the minute; 5 minutes
    /// to 24 hours. Default 60 minutes.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:05:00",
        "1.00:00:00",
        ErrorMessage = "Accounts:SessionIdle must be 5 minutes to 24 hours (01:00:00)."
    )]
    public TimeSpan SessionIdle { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a password typed again, or a second factor given, counts as fresh for a sensitive change; 1 to 15
    /// minutes (NIST SP 800-63B-4 binding rules, ASVS 7.5.1). Default 5.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:01:00",
        "00:15:00",
        ErrorMessage = "Accounts:StepUpLifetime must be 1 to 15 minutes (00:05:00)."
    )]
    public TimeSpan StepUpLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a remembered browser is asked for no second factor, absolute; 0 to 90 days, 0 remembers none. A changed
    /// password, number or factor ends it before (ASVS 7.5, threat T13). Default 30 days.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:00:00",
        "90.00:00:00",
        ErrorMessage = "Accounts:RememberBrowser must be 0 to 90 days (30.00:00:00)."
    )]
    public TimeSpan RememberBrowser { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long an entry of the security history is kept; 1 to 730 days. Default 90.</summary>
    [Range(
        typeof(TimeSpan),
        "1.00:00:00",
        "730.00:00:00",
        ErrorMessage = "Accounts:HistoryLifetime must be 1 to 730 days (90.00:00:00)."
    )]
    public TimeSpan HistoryLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long an account whose address nobody confirmed is kept, and with it the address taken; 1 to 90 days. Default 7.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "1.00:00:00",
        "90.00:00:00",
        ErrorMessage = "Accounts:UnconfirmedLifetime must be 1 to 90 days (7.00:00:00)."
    )]
    public TimeSpan UnconfirmedLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long a mailed link to choose a new password works, once; 15 to 60 minutes (ASVS 6.4.3). Default 60 minutes.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "00:15:00",
        "01:00:00",
        ErrorMessage = "Accounts:ResetLifetime must be 15 to 60 minutes (01:00:00)."
    )]
    public TimeSpan ResetLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a mailed link that confirms an address works, once; 1 hour to 7 days. Default 1 day.</summary>
    [Range(
        typeof(TimeSpan),
        "01:00:00",
        "7.00:00:00",
        ErrorMessage = "Accounts:ConfirmationLifetime must be 1 hour to 7 days (1.00:00:00)."
    )]
    public TimeSpan ConfirmationLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long the link "it was not me" of a notice works, and how long a former address can undo its change; 1 to 30 days.
    /// Default 7.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "1.00:00:00",
        "30.00:00:00",
        ErrorMessage = "Accounts:NoticeLifetime must be 1 to 30 days (7.00:00:00)."
    )]
    public TimeSpan NoticeLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Who must have two-factor authentication on. Default: nobody must.</summary>
    public TwoFactorRequirement TwoFactorRequired { get; set; }

    /// <summary>The role whose members must, with <see cref="TwoFactorRequirement.Role"/>; compared without regard to case.</summary>
    public string? TwoFactorRequiredRole { get; set; }

    /// <summary>
    /// How long a browser that signed in is known, counted from its last sign-in: its wrong passwords are counted apart from
    /// strangers'. 1 to 730 days. Default 365 days.
    /// </summary>
    [Range(
        typeof(TimeSpan),
        "1.00:00:00",
        "730.00:00:00",
        ErrorMessage = "Accounts:DeviceLifetime must be 1 to 730 days (365.00:00:00)."
    )]
    public TimeSpan DeviceLifetime { get; set; } = TimeSpan.FromDays(365);
}

/// <summary>Who cannot do without a second factor.</summary>
public enum TwoFactorRequirement
{
    Nobody,
    Everybody,

    /// <summary>The members of <see cref="AccountsOptions.TwoFactorRequiredRole"/>.</summary>
    Role,
}

internal sealed class AccountsOptionsValidator(IHostEnvironment environment)
    : IValidateOptions<AccountsOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountsOptions options)
    {
        List<string> failures = [];
        if (
            options.PasswordIterations < AccountsOptions.PasswordIterationsFloor
            && !environment.IsDevelopment()
        )
        {
            failures.Add(
                "Accounts:PasswordIterations below 210000 is for development and tests only."
            );
        }

        if (
            (options.TwoFactorRequired == TwoFactorRequirement.Role)
            == string.IsNullOrWhiteSpace(options.TwoFactorRequiredRole)
        )
        {
            failures.Add(
                "Accounts:TwoFactorRequiredRole names the role if Accounts:TwoFactorRequired is Role, and is absent otherwise."
            );
        }

        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures);
    }
}
