using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The link only shows a button: mail scanners follow links, and a GET changes nothing here.</summary>
[AllowDuringEnrolment]
internal sealed class ConfirmEmailChangeModel(EmailChange change, IOptions<SupportOptions> support)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        switch (await change.ConfirmAsync(Code))
        {
            case AddressChange.Done:
                StatusMessage =
                    "Your e-mail address is changed. Sign in with the new one from now on.";
                return User.Identity!.IsAuthenticated
                    ? RedirectToPage("./Manage/Email")
                    : RedirectToPage("./Login");
            case AddressChange.AddressTaken:
                ModelState.AddModelError(
                    "",
                    "Another account has this address by now. Choose another one."
                );
                return Page();
            default:
                ModelState.AddModelError("", MailAnswers.DeadLink(support.Value.Contact));
                return Page();
        }
    }
}
