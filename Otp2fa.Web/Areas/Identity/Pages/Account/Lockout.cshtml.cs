using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

[AllowDuringEnrolment]
internal sealed class LockoutModel(PasswordAttempts passwords, IOptions<SupportOptions> support)
    : PageModel
{
    public TimeSpan LockoutTime => passwords.LongestWait;

    public string Support => support.Value.Contact;
}
