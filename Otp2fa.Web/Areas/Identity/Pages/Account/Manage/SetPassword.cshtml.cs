using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

/// <summary>Identity UI's page for accounts without a password. Every account here has one, which is changed elsewhere.</summary>
internal sealed class SetPasswordModel : PageModel
{
    public IActionResult OnGet() => RedirectToPage("./ChangePassword");
}
