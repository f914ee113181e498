using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

[AllowDuringEnrolment]
internal sealed class LogoutModel(Otp2faSignInManager signIn) : PageModel
{
    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(string? returnUrl)
    {
        await signIn.SignOutAsync();
        // Of what was shown nothing stays behind in this browser (ASVS 14.3.1). Cookies stay: that it is known is one.
        Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        // A redirect, so that the next page is drawn for nobody.
        return returnUrl is null ? RedirectToPage() : LocalRedirect(Url.LocalOrHome(returnUrl));
    }
}
