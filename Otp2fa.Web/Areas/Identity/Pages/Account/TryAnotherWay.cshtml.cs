using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>What this person can give after the password, and what to do with none of it.</summary>
[AllowDuringEnrolment]
internal sealed class TryAnotherWayModel(
    PendingSignIns pendingSignIns,
    RecoveryCodes recoveryCodes,
    IOptions<SupportOptions> support
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public bool RememberMe { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public IReadOnlyList<Factor> Ways { get; private set; } = [];

    public string Number { get; private set; } = "phone";

    public string Support => support.Value.Contact;

    public static string PageOf(Factor way) =>
        way switch
        {
            Factor.Sms => "./LoginWith2fa",
            Factor.App => "./LoginWith2faApp",
            Factor.RecoveryCode => "./LoginWithRecoveryCode",
            Factor.Password or Factor.RememberedBrowser => "./Login",
        };

    public async Task<IActionResult> OnGetAsync()
    {
        ModelState.Clear();
        if (await pendingSignIns.FindAsync() is not { User: var user })
        {
            return this.StartSignInAgain(ReturnUrl, message => StatusMessage = message);
        }

        Ways = await recoveryCodes.FactorsOfAsync(user);
        Number = user.GetProvedNumber() is { } proved ? $"phone {proved}" : "phone";
        return Page();
    }
}
