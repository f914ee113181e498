using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal sealed class LoginWithRecoveryCodeModel(
    Otp2faSignInManager signIn,
    IOptions<SupportOptions> support,
    TimeProvider time
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public bool RememberMe { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public string Support => support.Value.Contact;

    public async Task<IActionResult> OnGetAsync()
    {
        ModelState.Clear();
        return await signIn.GetPendingSignInAsync() is null ? StartAgain() : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        ModelState.Clear();
        if (string.IsNullOrWhiteSpace(Input.RecoveryCode))
        {
            return await signIn.GetPendingSignInAsync() is null
                ? StartAgain()
                : Refuse("Enter one of your recovery codes.");
        }

        var result = await signIn.SubmitRecoveryCodeAsync(Input.RecoveryCode);
        switch (result.Status)
        {
            case RecoveryStepStatus.SignedIn:
                StatusMessage = RecoveryTexts.Used(result.Left);
                return LocalRedirect(Url.LocalOrHome(ReturnUrl));
            case RecoveryStepStatus.LockedOut:
                return RedirectToPage("./Lockout");
            case RecoveryStepStatus.Lost:
                return StartAgain();
            case RecoveryStepStatus.Wrong:
                return Refuse(RecoveryTexts.Wrong);
            case RecoveryStepStatus.TooMany:
                return Refuse(RecoveryTexts.TooMany(result.Until!.Value - time.GetUtcNow()));
        }

        throw new InvalidOperationException($"No page for {result.Status}.");
    }

    private PageResult Refuse(string sentence)
    {
        ModelState.AddModelError("Input.RecoveryCode", sentence);
        return Page();
    }

    private IActionResult StartAgain()
    {
        if (User.Identity is { IsAuthenticated: true })
        {
            return LocalRedirect(Url.LocalOrHome(ReturnUrl));
        }

        StatusMessage = CodeTexts.SignInLost;
        return RedirectToPage("./Login", new { ReturnUrl = Url.LocalOrHome(ReturnUrl) });
    }

    internal sealed class InputModel
    {
        public string? RecoveryCode { get; set; }
    }
}
