using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

[AllowDuringEnrolment]
internal sealed class LoginWith2faModel(
    Otp2faSignInManager signIn,
    PendingSignIns pendingSignIns,
    IOptions<TwoFactorOptions> options,
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

    public CodeStep Step { get; private set; } = null!;

    public string Support => support.Value.Contact;

    public RememberBox Remember => new(accounts.Value.RememberBrowser, Input.RememberMachine);

    private int Digits => options.Value.PinLength;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var (pin, refusal) = PinCode.Parse(Input.TwoFactorCode, Digits);
        if (pin is null)
        {
            return await ShowAsync(CodeTexts.Of(refusal!.Value, Digits));
        }

        var result = await signIn.SubmitPinAsync(pin, RememberMe, Input.RememberMachine);
        return result.Status switch
        {
            CodeStepStatus.SignedIn => LocalRedirect(Url.LocalOrHome(ReturnUrl)),
            CodeStepStatus.LockedOut => RedirectToPage("./Lockout"),
            CodeStepStatus.Lost => StartAgain(),
            CodeStepStatus.Refused => await ShowAsync(
                CodeTexts.Of(result.Submission!, time.GetUtcNow())
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
        Step = CodeStep.Of(pending, Digits, time.GetUtcNow());
        if (error is not null)
        {
            ModelState.AddModelError(Step.Problem is null ? "Input.TwoFactorCode" : "", error);
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
