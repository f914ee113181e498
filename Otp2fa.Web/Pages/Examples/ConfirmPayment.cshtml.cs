using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Pages.Examples;

/// <summary>
/// How an action of your own is protected: <see cref="RequireStepUpAttribute"/> on the handler, and the handler runs only for
/// a person who has just shown again who they are. Served in Development only.
/// </summary>
[Authorize]
internal sealed class ConfirmPaymentModel : PageModel
{
    [TempData]
    public string? Receipt { get; set; }

    public void OnGet() { }

    [RequireStepUp]
    public IActionResult OnPost()
    {
        Receipt = "Paid.";
        return RedirectToPage();
    }
}
