using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

/// <summary>The one page that shows recovery codes: to the session that made them, until they are kept.</summary>
[AllowDuringEnrolment]
internal sealed class ShowRecoveryCodesModel(
    UserManager<ApplicationUser> users,
    RecoveryCodeHandover handover
) : PageModel
{
    [TempData]
    public string? StatusMessage { get; set; }

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        Codes = await handover.FindAsync(HttpContext.RequestAborted);
        return Codes.Count == 0 ? RedirectToPage("./TwoFactorAuthentication") : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        // Only of codes that are still on the page can somebody say to have kept them.
        if (await handover.AcknowledgeAsync(user))
        {
            StatusMessage = "Thank you. Keep your recovery codes where only you find them.";
        }

        return RedirectToPage("./TwoFactorAuthentication");
    }

    public async Task<IActionResult> OnPostDownloadAsync()
    {
        Codes = await handover.FindAsync(HttpContext.RequestAborted);
        return Codes.Count == 0
            ? RedirectToPage("./TwoFactorAuthentication")
            : File(
                Encoding.UTF8.GetBytes(
                    $"Otp2fa recovery codes. Each opens your account once.\r\n\r\n{string.Join("\r\n", Codes)}\r\n"
                ),
                MediaTypeNames.Text.Plain,
                "otp2fa-recovery-codes.txt"
            );
    }
}
