using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

[AllowDuringEnrolment]
internal sealed class VerifyPhoneNumberModel(
    UserManager<ApplicationUser> users,
    TwoFactorSettings settings,
    IOptions<TwoFactorOptions> options,
    TimeProvider time
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? StatusMessage { get; set; }

    public CodeStep Step { get; private set; } = null!;

    private int Digits => options.Value.PinLength;

    public async Task<IActionResult> OnGetAsync() =>
        await users.GetUserAsync(User) is { } user ? await ShowAsync(user) : Challenge();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (await settings.FindNumberAsync(user) is not { } confirmation)
        {
            return StartAgain();
        }

        var (pin, refusal) = PinCode.Parse(Input.Code, Digits);
        if (pin is null)
        {
            return await ShowAsync(user, CodeTexts.Of(refusal!.Value, Digits));
        }

        var submission = await settings.SubmitNumberAsync(user, confirmation, pin);
        if (CodeTexts.Of(submission, time.GetUtcNow()) is { } error)
        {
            return await ShowAsync(user, error);
        }

        StatusMessage = user.TwoFactorEnabled
            ? "The number is yours. Codes go to it from now on."
            : "The number is yours. You can use it for two-factor authentication.";
        return RedirectToPage("./TwoFactorAuthentication");
    }

    private async Task<IActionResult> ShowAsync(ApplicationUser user, string? error = null)
    {
        if (await settings.FindNumberAsync(user) is not { } confirmation)
        {
            return StartAgain();
        }

        // The owner checks the digits here, so the whole number is shown: here and on no other page.
        Step = CodeStep.Live(
            Digits,
            $"phone {confirmation.Number.E164}",
            confirmation.State,
            time.GetUtcNow()
        );
        if (error is not null)
        {
            ModelState.AddModelError(Step.Problem is null ? "Input.Code" : "", error);
        }

        return Page();
    }

    private RedirectToPageResult StartAgain()
    {
        StatusMessage = "There is no number waiting for a code. Enter it again.";
        return RedirectToPage("./AddPhoneNumber");
    }

    internal sealed class InputModel
    {
        public string? Code { get; set; }
    }
}
