using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Mail;

internal sealed class MailOptionsValidator(IHostEnvironment environment)
    : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        if (options.Disabled)
        {
            return ValidateOptionsResult.Success;
        }

        List<string> failures = [];
        if (options.GoesToFolder && string.IsNullOrWhiteSpace(options.PickupFolder))
        {
            failures.Add(
                "Mail:Smtp:Host is missing. Name the mail server, or set Mail:Disabled to true, which closes registration and the reset of passwords."
            );
        }

        if (
            !string.IsNullOrWhiteSpace(options.PickupFolder)
            && options.GoesToFolder
            && !environment.IsDevelopment()
        )
        {
            failures.Add(
                "Mail:PickupFolder is for development. Name the server in Mail:Smtp:Host."
            );
        }

        if (!IsBaseUrl(options.BaseUrl))
        {
            failures.Add(
                "Mail:BaseUrl must be the address of this site that links in mails lead to, such as https://accounts.example.com."
            );
        }

        if (MailAddresses.Find(options.SenderAddress) is null)
        {
            failures.Add(
                "Mail:SenderAddress must be the address that mails come from, such as no-reply@example.com."
            );
        }

        if (!options.GoesToFolder)
        {
            AddServerFailures(options.Smtp, failures);
        }

        return failures.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures);
    }

    private static void AddServerFailures(SmtpOptions smtp, List<string> failures)
    {
        if (smtp.Port is < 1 or > ushort.MaxValue)
        {
            failures.Add($"Mail:Smtp:Port must be 1 to {ushort.MaxValue}.");
        }

        if (!Enum.IsDefined(smtp.Security))
        {
            failures.Add("Mail:Smtp:Security must be StartTls, ImplicitTls or None.");
        }
        else if (smtp.Security == SmtpSecurity.None && !smtp.IsLoopback)
        {
            failures.Add(
                "Mail:Smtp:Security may be None towards this machine only: mails carry links that open accounts."
            );
        }

        if (string.IsNullOrEmpty(smtp.UserName) != string.IsNullOrEmpty(smtp.Password))
        {
            failures.Add("Mail:Smtp:UserName and Mail:Smtp:Password belong together.");
        }
    }

    private static bool IsBaseUrl(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)
        && url.Query.Length == 0
        && url.Fragment.Length == 0
        && url.UserInfo.Length == 0;
}
