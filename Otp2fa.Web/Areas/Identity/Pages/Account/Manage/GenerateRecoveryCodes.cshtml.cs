using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class GenerateRecoveryCodesModel(
    UserManager<ApplicationUser> users,
    TwoFactorSettings settings
) : PageModel
{
    [TempData]
    public string? StatusMessage { get; set; }

    public int Left { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (!user.TwoFactorEnabled)
        {
            return RedirectToPage("./TwoFactorAuthentication");
        }

        Left = (await settings.CountRecoveryCodesAsync(user)).Left;
        return Page();
    }

    [RequireStepUp]
    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (!user.TwoFactorEnabled)
        {
            return RedirectToPage("./TwoFactorAuthentication");
        }

        if (await settings.RenewRecoveryCodesAsync(user))
        {
            return RedirectToPage("./ShowRecoveryCodes");
        }

        StatusMessage = FactorTexts.ChangedElsewhere;
        return RedirectToPage("./TwoFactorAuthentication");
    }
}
