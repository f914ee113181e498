using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class SecurityHistoryModel(
    UserManager<ApplicationUser> users,
    SecurityEntries entries,
    IOptions<AccountsOptions> accounts,
    TimeProvider time
) : PageModel
{
    /// <summary>What is no number is the newest page.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Before { get; set; }

    public IReadOnlyList<SecurityEntry> Entries { get; private set; } = [];

    public long? Next { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public TimeSpan Kept => accounts.Value.HistoryLifetime;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        ModelState.Clear();
        Now = time.GetUtcNow();
        (Entries, Next) = await entries.ListAsync(user, Before, HttpContext.RequestAborted);
        return Page();
    }
}
