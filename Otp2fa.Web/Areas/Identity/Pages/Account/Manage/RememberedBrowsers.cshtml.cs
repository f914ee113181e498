using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class RememberedBrowsersModel(
    UserManager<ApplicationUser> users,
    RememberedBrowsers remembered,
    IOptions<AccountsOptions> accounts,
    TimeProvider time
) : PageModel
{
    [TempData]
    public string? StatusMessage { get; set; }

    public IReadOnlyList<KnownBrowser> Browsers { get; private set; } = [];

    public bool IsOn { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public TimeSpan RememberFor => accounts.Value.RememberBrowser;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        (IsOn, Now) = (user.TwoFactorEnabled, time.GetUtcNow());
        Browsers = await remembered.ListAsync(user, HttpContext.RequestAborted);
        return Page();
    }

    public Task<IActionResult> OnPostForgetAsync(long id) => ForgetAsync(id);

    public Task<IActionResult> OnPostForgetAllAsync() => ForgetAsync(id: null);

    private async Task<IActionResult> ForgetAsync(long? id)
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        StatusMessage = await remembered.ForgetAsync(user, id) switch
        {
            0 when id is not null => "That browser was forgotten already.",
            0 => "No browser was remembered.",
            1 => "That browser is forgotten. It is asked for a code again.",
            var many => $"{many} browsers are forgotten. They are asked for a code again.",
        };
        return RedirectToPage();
    }
}
