using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

[AllowDuringEnrolment]
internal sealed class TwoFactorAuthenticationModel(
    UserManager<ApplicationUser> users,
    TwoFactorSettings settings,
    SecurityEntries history,
    IOptions<SupportOptions> support,
    TimeProvider time
) : PageModel
{
    [TempData]
    public string? StatusMessage { get; set; }

    public bool IsOn { get; private set; }

    public bool IsRequired { get; private set; }

    /// <summary>Nothing else can be done before it is on.</summary>
    public bool MustEnrol => IsRequired && !IsOn;

    public PhoneNumber? Number { get; private set; }

    public bool HasApp { get; private set; }

    /// <summary>What a sign-in asks for first.</summary>
    public Factor? First { get; private set; }

    public bool HasChoice => IsOn && HasApp && Number is not null;

    /// <summary>What it could ask for first instead.</summary>
    public Factor Other => First == Factor.App ? Factor.Sms : Factor.App;

    public RecoveryCodeCount RecoveryCodes { get; private set; } = new(0, false);

    public bool AreFew => RecoveryTexts.AreFew(RecoveryCodes.Left);

    /// <summary>An operator took the second factor away, and the person has not turned it on again since.</summary>
    public SecurityEntry? OperatorNotice { get; private set; }

    public string Support => support.Value.Contact;

    public TimeSpan Since(DateTimeOffset moment) => time.GetUtcNow() - moment;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        (IsOn, Number, HasApp) = (user.TwoFactorEnabled, user.GetProvedNumber(), user.HasApp());
        First = user.FirstFactor();
        IsRequired = await settings.IsRequiredAsync(user);
        RecoveryCodes = await settings.CountRecoveryCodesAsync(user);
        OperatorNotice = IsOn
            ? null
            : await history.FindResetAsync(user, HttpContext.RequestAborted);
        return Page();
    }

    public Task<IActionResult> OnPostTurnOnAsync() =>
        ChangeAsync(
            settings.TurnOnAsync,
            "Two-factor authentication is on. Other browsers were signed out.",
            "./ShowRecoveryCodes"
        );

    [RequireStepUp]
    public Task<IActionResult> OnPostTurnOffAsync() =>
        ChangeAsync(
            settings.TurnOffAsync,
            "Two-factor authentication is off. Other browsers were signed out."
        );

    public async Task<IActionResult> OnPostPreferAsync(Factor factor)
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (factor is Factor.Sms or Factor.App && await settings.PreferAsync(user, factor))
        {
            StatusMessage =
                factor == Factor.App
                    ? "From now on we ask for the code of your app first."
                    : "From now on we ask for a code by text message first.";
        }

        return RedirectToPage();
    }

    private async Task<IActionResult> ChangeAsync(
        Func<ApplicationUser, Task<FactorChange>> change,
        string done,
        string? next = null
    )
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        switch (await change(user))
        {
            case FactorChange.Done:
                StatusMessage = done;
                return RedirectToPage(next);
            case FactorChange.StepUpNeeded:
                return RedirectToPage(
                    "/Account/StepUp",
                    new { ReturnUrl = Url.Page("./TwoFactorAuthentication"), WithFactor = true }
                );
            case FactorChange.NumberNeeded:
                return RedirectToPage("./AddPhoneNumber");
            case FactorChange.AlreadySo:
                StatusMessage = "It was so already. Nothing was changed.";
                return RedirectToPage();
            case FactorChange.Required:
                StatusMessage = FactorTexts.Required;
                return RedirectToPage();
            case FactorChange.ChangedElsewhere:
                StatusMessage = FactorTexts.ChangedElsewhere;
                return RedirectToPage();
        }

        throw new InvalidOperationException("No page for this change.");
    }
}
