using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class ResetAuthenticatorModel(
    UserManager<ApplicationUser> users,
    TwoFactorSettings settings
) : PageModel
{
    [TempData]
    public string? StatusMessage { get; set; }

    public PhoneNumber? Number { get; private set; }

    public bool IsLast { get; private set; }

    /// <summary>The account must keep it.</summary>
    public bool IsKept { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        Number = user.GetProvedNumber();
        IsLast = user.TwoFactorEnabled && Number is null;
        IsKept = IsLast && await settings.IsRequiredAsync(user);
        return user.HasApp() ? Page() : RedirectToPage("./TwoFactorAuthentication");
    }

    [RequireStepUp]
    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (user.HasApp())
        {
            StatusMessage = await settings.RemoveAppAsync(user) switch
            {
                FactorChange.Done =>
                    "Your authenticator app is removed. Other browsers were signed out.",
                FactorChange.Required => FactorTexts.Required,
                _ => FactorTexts.ChangedElsewhere,
            };
        }

        return RedirectToPage("./TwoFactorAuthentication");
    }
}
