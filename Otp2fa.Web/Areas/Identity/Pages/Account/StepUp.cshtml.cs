using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

[AllowDuringEnrolment]
internal sealed class StepUpModel(
    UserManager<ApplicationUser> users,
    StepUp stepUp,
    IOptions<SupportOptions> support,
    TimeProvider time
) : PageModel
{
    public string Support => support.Value.Contact;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>A second factor is asked for even while two-factor authentication is off.</summary>
    [BindProperty(SupportsGet = true)]
    public bool WithFactor { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    /// <summary>A code that was sent before can still be typed.</summary>
    public bool HasCode { get; private set; }

    /// <summary>What else could be given, once the password was right and no code could be sent.</summary>
    public OtherWays OtherWays { get; private set; } = OtherWays.None;

    public void OnGet() => ModelState.Clear();

    public async Task<IActionResult> OnPostAsync()
    {
        // What is neither yes nor no is no.
        ModelState.Remove(nameof(WithFactor));
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        var result = await stepUp.SubmitPasswordAsync(user, Input.Password, WithFactor);
        return result.Status switch
        {
            StepUpStatus.Done => GoOn(),
            StepUpStatus.FactorNeeded => RedirectToPage(
                "./StepUpCode",
                new
                {
                    ReturnUrl = Url.LocalOrHome(ReturnUrl),
                    Way = result.Factor,
                    WithFactor,
                }
            ),
            StepUpStatus.LockedOut => RedirectToPage("./Lockout"),
            StepUpStatus.SessionEnded => Challenge(),
            StepUpStatus.WrongPassword => Refuse("Input.Password", "That password is not correct."),
            StepUpStatus.CodeNotSent => await RefuseCodeAsync(user, result.Denial!),
        };
    }

    private async Task<IActionResult> RefuseCodeAsync(ApplicationUser user, SendDenial denial)
    {
        HasCode = await stepUp.FindAsync(user) is { State.Status: ChallengeStatus.Live };
        var others = (await stepUp.WaysAsync(user)).Where(way => way != Factor.Sms);
        OtherWays = new OtherWays([.. others], ReturnUrl, WithFactor);
        return Refuse("", CodeTexts.Of(denial, time.GetUtcNow()));
    }

    private LocalRedirectResult GoOn()
    {
        StatusMessage = CodeTexts.SteppedUp;
        return LocalRedirect(Url.LocalOrHome(ReturnUrl));
    }

    private PageResult Refuse(string field, string sentence)
    {
        ModelState.AddModelError(field, sentence);
        return Page();
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";
    }
}
