using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal sealed class StepUpCodeModel(
    UserManager<ApplicationUser> users,
    StepUp stepUp,
    IOptions<TwoFactorOptions> options,
    IOptions<SupportOptions> support,
    TimeProvider time
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public CodeStep Step { get; private set; } = null!;

    public string Support => support.Value.Contact;

    private int Digits => options.Value.PinLength;

    public async Task<IActionResult> OnGetAsync() =>
        await users.GetUserAsync(User) is { } user ? await ShowAsync(user) : Challenge();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (await stepUp.FindAsync(user) is not { } confirmation)
        {
            return StartAgain();
        }

        var (pin, refusal) = PinCode.Parse(Input.Code, Digits);
        if (pin is null)
        {
            return await ShowAsync(user, CodeTexts.Of(refusal!.Value, Digits));
        }

        var submission = await stepUp.SubmitPinAsync(user, confirmation, pin);
        if (CodeTexts.Of(submission, time.GetUtcNow()) is { } error)
        {
            return await ShowAsync(user, error);
        }

        StatusMessage = CodeTexts.SteppedUp;
        return LocalRedirect(Url.LocalOrHome(ReturnUrl));
    }

    private async Task<IActionResult> ShowAsync(ApplicationUser user, string? error = null)
    {
        if (await stepUp.FindAsync(user) is not { } confirmation)
        {
            return StartAgain();
        }

        Step = CodeStep.Live(
            Digits,
            $"phone {confirmation.Number}",
            confirmation.State,
            time.GetUtcNow()
        );
        if (error is not null)
        {
            ModelState.AddModelError(Step.Problem is null ? "Input.Code" : "", error);
        }

        return Page();
    }

    private RedirectToPageResult StartAgain() =>
        RedirectToPage("./StepUp", new { ReturnUrl = Url.LocalOrHome(ReturnUrl) });

    internal sealed class InputModel
    {
        public string? Code { get; set; }
    }
}
