using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class SessionsModel(
    UserManager<ApplicationUser> users,
    SignedInBrowsers browsers,
    TimeProvider time
) : PageModel
{
    [TempData]
    public string? StatusMessage { get; set; }

    public IReadOnlyList<SignedInBrowser> Browsers { get; private set; } = [];

    public bool HasOthers => Browsers.Any(browser => !browser.IsThis);

    public TimeSpan Since(DateTimeOffset moment) => time.GetUtcNow() - moment;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        Browsers = await browsers.ListAsync(user, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostEndAsync(long id)
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        StatusMessage = await browsers.EndAsync(user, id)
            ? "That browser is signed out."
            : "That browser was signed out already.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndOthersAsync()
    {
        StatusMessage = await browsers.EndOthersAsync() switch
        {
            0 => "No other browser was signed in.",
            1 => "One other browser is signed out.",
            var ended => $"{ended} other browsers are signed out.",
        };
        return RedirectToPage();
    }
}
