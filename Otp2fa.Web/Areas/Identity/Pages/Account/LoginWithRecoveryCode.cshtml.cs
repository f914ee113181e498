using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

[AllowDuringEnrolment]
internal sealed class LoginWithRecoveryCodeModel(
    Otp2faSignInManager signIn,
    PendingSignIns pendingSignIns,
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
        return await pendingSignIns.FindAsync() is null ? StartAgain() : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        ModelState.Clear();
        if (string.IsNullOrWhiteSpace(Input.RecoveryCode))
        {
            return await pendingSignIns.FindAsync() is null
                ? StartAgain()
                : Refuse(RecoveryTexts.Empty);
        }

        var result = await signIn.SubmitRecoveryCodeAsync(Input.RecoveryCode);
        switch (result.Status)
        {
            case CodeStepStatus.SignedIn:
                StatusMessage = RecoveryTexts.Used(result.Submission!.Left);
                return LocalRedirect(Url.LocalOrHome(ReturnUrl));
            case CodeStepStatus.LockedOut:
                return RedirectToPage("./Lockout");
            case CodeStepStatus.Lost:
                return StartAgain();
            case CodeStepStatus.Refused:
                return Refuse(FactorTexts.Of(result.Submission!, time.GetUtcNow())!);
        }

        throw new InvalidOperationException($"No page for {result.Status}.");
    }

    private PageResult Refuse(string sentence)
    {
        ModelState.AddModelError("Input.RecoveryCode", sentence);
        return Page();
    }

    private IActionResult StartAgain() =>
        this.StartSignInAgain(ReturnUrl, message => StatusMessage = message);

    internal sealed class InputModel
    {
        public string? RecoveryCode { get; set; }
    }
}
