using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The code step with the authenticator app.</summary>
[AllowDuringEnrolment]
internal sealed class LoginWith2faAppModel(
    Otp2faSignInManager signIn,
    PendingSignIns pendingSignIns,
    AppChecker app,
    IOptions<AccountsOptions> accounts,
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

    public RememberBox Remember => new(accounts.Value.RememberBrowser, Input.RememberMachine);

    /// <summary>Why no code is taken here now; null while one is.</summary>
    public string? Problem { get; private set; }

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var (code, refusal) = PinCode.Parse(Input.TwoFactorCode, AppKey.Digits);
        if (code is null)
        {
            return await ShowAsync(FactorTexts.OfApp(refusal!.Value));
        }

        var result = await signIn.SubmitAppCodeAsync(code, RememberMe, Input.RememberMachine);
        return result.Status switch
        {
            CodeStepStatus.SignedIn => LocalRedirect(Url.LocalOrHome(ReturnUrl)),
            CodeStepStatus.LockedOut => RedirectToPage("./Lockout"),
            CodeStepStatus.Lost => StartAgain(),
            CodeStepStatus.Refused => await ShowAsync(
                FactorTexts.Of(result.Submission!, time.GetUtcNow())
            ),
        };
    }

    private async Task<IActionResult> ShowAsync(string? error = null)
    {
        if (await pendingSignIns.FindAsync() is not { } pending)
        {
            return StartAgain();
        }

        // Only what this page says of the code is an error of this page.
        ModelState.Clear();
        Problem = await app.FindObstacleAsync(pending.User) is { } obstacle
            ? FactorTexts.Of(obstacle, time.GetUtcNow())
            : null;
        if (error is not null)
        {
            ModelState.AddModelError(Problem is null ? "Input.TwoFactorCode" : "", error);
        }

        return Page();
    }

    private IActionResult StartAgain() =>
        this.StartSignInAgain(ReturnUrl, message => StatusMessage = message);

    internal sealed class InputModel
    {
        public string? TwoFactorCode { get; set; }

        public bool RememberMachine { get; set; }
    }
}
