using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;
using QRCoder;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

/// <summary>
/// Sets an authenticator app up. The key waits in the form, protected, until a code of it is typed: looking at the page
/// writes nothing and takes no app away.
/// </summary>
[AllowDuringEnrolment]
[RequireStepUp]
internal sealed class EnableAuthenticatorModel(
    UserManager<ApplicationUser> users,
    TwoFactorSettings settings,
    AppKeys keys,
    IOptions<TwoFactorOptions> options,
    TimeProvider time
) : PageModel
{
    private const int PixelsPerModule = 4;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? StatusMessage { get; set; }

    public bool HasApp { get; private set; }

    public string Key { get; private set; } = "";

    public string QrCode { get; private set; } = "";

    public string Offer { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync() =>
        await users.GetUserAsync(User) is { } user ? Show(user, AppKey.Draw()) : Challenge();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        if (keys.FromOffer(user, Input.Offer) is not { } key)
        {
            return Show(
                user,
                AppKey.Draw(),
                "That key waited too long, or your account was changed. Here is a new one: let your app read it again."
            );
        }

        var (code, refusal) = PinCode.Parse(Input.Code, AppKey.Digits);
        if (code is null)
        {
            return Show(user, key, FactorTexts.OfApp(refusal!.Value));
        }

        if (key.FindStep(code, time.GetUtcNow()) is not { } step)
        {
            return Show(
                user,
                key,
                "That is not the code of this key. Check that the app shows this site, and that the time of its device is set automatically."
            );
        }

        if (await settings.SetAppUpAsync(user, key, step) == FactorChange.ChangedElsewhere)
        {
            StatusMessage = FactorTexts.ChangedElsewhere;
            return RedirectToPage("./TwoFactorAuthentication");
        }

        StatusMessage = "Your authenticator app is set up. Other browsers were signed out.";
        // Which leads on to the overview if no codes were made because there are some.
        return RedirectToPage("./ShowRecoveryCodes");
    }

    private PageResult Show(ApplicationUser user, AppKey key, string? error = null)
    {
        HasApp = user.HasApp();
        Key = key.ToGroups();
        Offer = keys.ToOffer(user, key);
        using var data = QRCodeGenerator.GenerateQrCode(
            key.ToUri(options.Value.Issuer, user.UserName ?? user.Id),
            QRCodeGenerator.ECCLevel.M
        );
        using var svg = new SvgQRCode(data);
        QrCode = svg.GetGraphic(
            PixelsPerModule,
            "#000",
            "#fff",
            sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute
        );
        ModelState.Clear();
        if (error is not null)
        {
            ModelState.AddModelError("Input.Code", error);
        }

        return Page();
    }

    internal sealed class InputModel
    {
        public string? Code { get; set; }

        public string? Offer { get; set; }
    }
}
