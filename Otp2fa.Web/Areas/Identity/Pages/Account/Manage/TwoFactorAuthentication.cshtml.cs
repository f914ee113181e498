using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class TwoFactorAuthenticationModel(
    UserManager<ApplicationUser> users,
    TwoFactorSettings settings,
    IOptions<SupportOptions> support
) : PageModel
{
    [TempData]
    public string? StatusMessage { get; set; }

    public bool IsOn { get; private set; }

    public PhoneNumber? Number { get; private set; }

    public RecoveryCodeCount RecoveryCodes { get; private set; } = new(0, false);

    public bool AreFew => RecoveryTexts.AreFew(RecoveryCodes.Left);

    public string Support => support.Value.Contact;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        (IsOn, Number) = (user.TwoFactorEnabled, user.GetProvedNumber());
        RecoveryCodes = await settings.CountRecoveryCodesAsync(user);
        return Page();
    }

    public Task<IActionResult> OnPostTurnOnAsync() =>
        ChangeAsync(
            settings.TurnOnAsync,
            "Two-factor authentication is on. Other browsers were signed out.",
            "./ShowRecoveryCodes"
        );

    public Task<IActionResult> OnPostTurnOffAsync() =>
        ChangeAsync(
            settings.TurnOffAsync,
            "Two-factor authentication is off. Other browsers were signed out."
        );

    private async Task<IActionResult> ChangeAsync(
        Func<ApplicationUser, Task<FactorChange>> change,
        string done,
        string? next = null
    )
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        switch (await change(user))
        {
            case FactorChange.Done:
                StatusMessage = done;
                return RedirectToPage(next);
            case FactorChange.StepUpNeeded:
                return RedirectToPage(
                    "/Account/StepUp",
                    new { ReturnUrl = Url.Page("./TwoFactorAuthentication") }
                );
            case FactorChange.NumberNeeded:
                return RedirectToPage("./AddPhoneNumber");
            case FactorChange.ChangedElsewhere:
                StatusMessage =
                    "Your account was changed in another window at the same moment. Look at it and try again.";
                return RedirectToPage();
        }

        throw new InvalidOperationException("No page for this change.");
    }
}
