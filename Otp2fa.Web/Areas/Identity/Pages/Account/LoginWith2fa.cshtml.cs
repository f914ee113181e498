using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal sealed class LoginWith2faModel(
    Otp2faSignInManager signIn,
    IOptions<TwoFactorOptions> options,
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

    private int Digits => options.Value.PinLength;

    public Task<IActionResult> OnGetAsync() => ShowAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        var (pin, refusal) = PinCode.Parse(Input.TwoFactorCode, Digits);
        if (pin is null)
        {
            return await ShowAsync(CodeTexts.Of(refusal!.Value, Digits));
        }

        var result = await signIn.SubmitPinAsync(pin, RememberMe);
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
        if (await signIn.GetPendingSignInAsync() is not { } pending)
        {
            return StartAgain();
        }

        // Only what this page says of the code is an error of this page.
        ModelState.Clear();
        var number = pending.User.GetProvedNumber() is { } proved ? $"phone {proved}" : "phone";
        Step = pending.Denial is { } denial
            ? CodeStep.NotSent(Digits, number, denial, time.GetUtcNow())
            : CodeStep.Live(Digits, number, pending.State, time.GetUtcNow());
        if (error is not null)
        {
            ModelState.AddModelError(Step.Problem is null ? "Input.TwoFactorCode" : "", error);
        }

        return Page();
    }

    private IActionResult StartAgain()
    {
        if (User.Identity is { IsAuthenticated: true })
        {
            // Back in the browser, or another tab, after this very sign-in ended well.
            return LocalRedirect(Url.LocalOrHome(ReturnUrl));
        }

        StatusMessage = CodeTexts.SignInLost;
        return RedirectToPage("./Login", new { ReturnUrl = Url.LocalOrHome(ReturnUrl) });
    }

    internal sealed class InputModel
    {
        public string? TwoFactorCode { get; set; }
    }
}
