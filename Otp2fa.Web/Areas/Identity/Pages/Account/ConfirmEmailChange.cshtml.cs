using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The link only shows a button: mail scanners follow links, and a GET changes nothing here.</summary>
[AllowDuringEnrolment]
internal sealed class ConfirmEmailChangeModel(
    EmailChange change,
    LinkCookie linkCookie,
    IOptions<SupportOptions> support
) : PageModel
{
    [FromQuery]
    public string? Code { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public IActionResult OnGet() =>
        linkCookie.TakeFromAddress(LinkPurpose.ConfirmNewAddress, Code) ? RedirectToPage() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        switch (await change.ConfirmAsync(linkCookie.Read(LinkPurpose.ConfirmNewAddress)))
        {
            case AddressChange.Done:
                linkCookie.Forget(LinkPurpose.ConfirmNewAddress);
                StatusMessage =
                    "The e-mail address is changed. It is the one to sign in with from now on.";
                return RedirectToPage(change.IsOwnSession ? "./Manage/Email" : "./Login");
            case AddressChange.AddressTaken:
                ModelState.AddModelError("", MailAnswers.AddressTaken(support.Value.Contact));
                return Page();
            default:
                ModelState.AddModelError("", MailAnswers.DeadLink(support.Value.Contact));
                return Page();
        }
    }
}
