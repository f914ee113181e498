using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

[AllowDuringEnrolment]
[RequireStepUp]
internal sealed class AddPhoneNumberModel(
    UserManager<ApplicationUser> users,
    TwoFactorSettings settings,
    PhoneNumberParser parser,
    IOptions<TwoFactorOptions> options,
    IOptions<SupportOptions> support,
    TimeProvider time
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public int Digits => options.Value.PinLength;

    public string Support => support.Value.Contact;

    public PhoneNumber? Current { get; private set; }

    public bool HasNumber => Current is not null;

    /// <summary>A code that was sent before can still be typed.</summary>
    public bool HasCode { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        Current = user.GetProvedNumber();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        Current = user.GetProvedNumber();
        var (number, refusal) = parser.Parse(Input.PhoneNumber);
        var problem =
            number is null ? CodeTexts.Of(refusal!.Value)
            : await settings.StartNumberAsync(user, number) is { } denial
                ? CodeTexts.Of(denial, time.GetUtcNow())
            : null;
        if (problem is null)
        {
            return RedirectToPage("./VerifyPhoneNumber");
        }

        HasCode = await settings.FindNumberAsync(user) is { State.Status: ChallengeStatus.Live };
        ModelState.AddModelError("Input.PhoneNumber", problem);
        return Page();
    }

    internal sealed class InputModel
    {
        public string? PhoneNumber { get; set; }
    }
}
