using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// Absolute addresses of pages, for mails: below <c>Mail:BaseUrl</c>, whatever name a request came under (R28, threat T26).
/// </summary>
internal sealed class SiteLinks(LinkGenerator generator, IOptions<MailOptions> mail)
{
    public Uri To(string page, string? code = null, string? returnUrl = null) =>
        new(mail.Value.BaseUrl!.TrimEnd('/') + PathTo(page, code, returnUrl));

    /// <summary>Without the name of the site, for links on its own pages.</summary>
    /// <param name="page">Of the account pages, such as <c>Login</c>.</param>
    /// <param name="code">What the link is good for.</param>
    /// <param name="returnUrl">Where the person was going.</param>
    public string PathTo(string page, string? code = null, string? returnUrl = null) =>
        // The code is added afterwards: routing logs the values that it is given.
        QueryHelpers.AddQueryString(
            generator.GetPathByPage(
                $"/Account/{page}",
                handler: null,
                new { area = "Identity", returnUrl }
            ) ?? throw new InvalidOperationException($"There is no page {page}."),
            code is null ? [] : [KeyValuePair.Create("code", (string?)code)]
        );
}
