using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Mail;

/// <summary>Section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>True: the site sends no mail, and registration is closed because nobody could confirm an address.</summary>
    public bool Disabled { get; set; }
}

internal sealed class MailOptionsValidator(
    IHostEnvironment environment,
    IServiceProviderIsService services
) : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options) =>
        options.Disabled
        || environment.IsDevelopment()
        || services.IsService(typeof(IEmailSender<ApplicationUser>))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Mail: no mail sender is registered (IEmailSender<ApplicationUser>). Register one, or set Mail:Disabled to true, which closes registration."
            );
}
