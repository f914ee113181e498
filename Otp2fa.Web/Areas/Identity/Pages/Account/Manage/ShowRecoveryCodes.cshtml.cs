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

    /// <summary>Of the very codes on the page, so that nobody says to have kept others.</summary>
    [BindProperty]
    public string? Mark { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await handover.FindAsync(HttpContext.RequestAborted) is not { } shown)
        {
            return RedirectToPage("./TwoFactorAuthentication");
        }

        (Codes, Mark) = (shown.Codes, shown.Mark);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (await handover.AcknowledgeAsync(user, Mark))
        {
            StatusMessage = "Thank you. Keep your recovery codes where only you find them.";
            return RedirectToPage("./TwoFactorAuthentication");
        }

        // Newer ones, if another window made some; otherwise the overview.
        StatusMessage = "Those codes do not work any more.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostDownloadAsync() =>
        await handover.FindAsync(HttpContext.RequestAborted) is { } shown
            ? File(
                Encoding.UTF8.GetBytes(
                    $"Otp2fa recovery codes. Each opens your account once.\r\n\r\n{string.Join("\r\n", shown.Codes)}\r\n"
                ),
                MediaTypeNames.Text.Plain,
                "otp2fa-recovery-codes.txt"
            )
            : RedirectToPage("./TwoFactorAuthentication");
}
