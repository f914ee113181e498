using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class RemovePhoneNumberModel(
    UserManager<ApplicationUser> users,
    TwoFactorSettings settings
) : PageModel
{
    [TempData]
    public string? StatusMessage { get; set; }

    public PhoneNumber? Number { get; private set; }

    public bool HasApp { get; private set; }

    public bool IsLast { get; private set; }

    /// <summary>The account must keep it.</summary>
    public bool IsKept { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        (Number, HasApp) = (user.GetProvedNumber(), user.HasApp());
        IsLast = user.TwoFactorEnabled && !HasApp;
        IsKept = IsLast && await settings.IsRequiredAsync(user);
        return Number is null ? RedirectToPage("./TwoFactorAuthentication") : Page();
    }

    [RequireStepUp]
    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (user.PhoneNumber is not null)
        {
            StatusMessage = await settings.RemoveNumberAsync(user) switch
            {
                FactorChange.Done => "Your number is removed. Other browsers were signed out.",
                FactorChange.Required => FactorTexts.Required,
                _ => FactorTexts.ChangedElsewhere,
            };
        }

        return RedirectToPage("./TwoFactorAuthentication");
    }
}
