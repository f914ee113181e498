using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The second half of a step-up: the factor that the address names, or another that the person chooses.</summary>
[AllowDuringEnrolment]
internal sealed class StepUpCodeModel(
    UserManager<ApplicationUser> users,
    StepUp stepUp,
    StepUpTries tries,
    IOptions<TwoFactorOptions> options,
    IOptions<SupportOptions> support,
    TimeProvider time
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty(SupportsGet = true, Name = "Way")]
    public Factor Asked { get; set; } = Factor.Sms;

    /// <summary>As the step-up was asked for; starting again asks for the same.</summary>
    [BindProperty(SupportsGet = true)]
    public bool WithFactor { get; set; }

    /// <summary>What is no second factor is the usual one.</summary>
    public Factor Way => Asked is Factor.App or Factor.RecoveryCode ? Asked : Factor.Sms;

    [TempData]
    public string? StatusMessage { get; set; }

    /// <summary>The account has what the address names.</summary>
    public bool HasWay { get; private set; }

    /// <summary>Of the message that is on its way; null if there is none.</summary>
    public CodeStep? Step { get; private set; }

    public string Number { get; private set; } = "phone";

    public OtherWays OtherWays { get; private set; } = OtherWays.None;

    public string Support => support.Value.Contact;

    public int Digits => Way == Factor.App ? AppKey.Digits : options.Value.PinLength;

    public async Task<IActionResult> OnGetAsync() =>
        await users.GetUserAsync(User) is { } user ? await ShowAsync(user) : Challenge();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        // Only after the password can somebody try codes here.
        if (!await IsOpenAsync(user))
        {
            return StartAgain();
        }

        var outcome = await tries.SubmitAsync(user, Way, Input.Code);
        if (outcome.IsLost)
        {
            return Challenge();
        }

        if (outcome.Error is { } error)
        {
            return await ShowAsync(user, error);
        }

        StatusMessage = outcome.Notice;
        return LocalRedirect(Url.LocalOrHome(ReturnUrl));
    }

    public async Task<IActionResult> OnPostSendAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (!stepUp.IsPasswordGiven)
        {
            return StartAgain();
        }

        return await stepUp.SendAsync(user) is { } denial
            ? await ShowAsync(user, CodeTexts.Of(denial, time.GetUtcNow()))
            : RedirectToPage(
                new
                {
                    ReturnUrl = Url.LocalOrHome(ReturnUrl),
                    Way = Factor.Sms,
                    WithFactor,
                }
            );
    }

    private async Task<bool> IsOpenAsync(ApplicationUser user) =>
        stepUp.IsPasswordGiven || (Way == Factor.Sms && await stepUp.FindAsync(user) is not null);

    private async Task<IActionResult> ShowAsync(ApplicationUser user, string? error = null)
    {
        if (!await IsOpenAsync(user))
        {
            return StartAgain();
        }

        ModelState.Clear();
        Number = user.GetProvedNumber() is { } proved ? $"phone {proved}" : "phone";
        var ways = await stepUp.WaysAsync(user);
        HasWay = ways.Contains(Way) || error is not null;
        OtherWays = new OtherWays([.. ways.Where(way => way != Way)], ReturnUrl, WithFactor);
        if (Way == Factor.Sms && await stepUp.FindAsync(user) is { } confirmation)
        {
            Step = CodeStep.Live(Digits, Number, confirmation.State, time.GetUtcNow());
        }

        if (error is not null)
        {
            var takesCode = Way != Factor.Sms || Step is { Problem: null };
            ModelState.AddModelError(takesCode ? "Input.Code" : "", error);
        }

        return Page();
    }

    private RedirectToPageResult StartAgain() =>
        RedirectToPage("./StepUp", new { ReturnUrl = Url.LocalOrHome(ReturnUrl), WithFactor });

    internal sealed class InputModel
    {
        public string? Code { get; set; }
    }
}
