using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The link only shows a button: mail scanners follow links, and a GET changes nothing here.</summary>
[AllowDuringEnrolment]
internal sealed class ConfirmEmailModel(
    Registration registration,
    LinkCookie linkCookie,
    IOptions<SupportOptions> support
) : PageModel
{
    [FromQuery]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public IActionResult OnGet() =>
        linkCookie.TakeFromAddress(LinkPurpose.ConfirmAddress, Code)
            ? RedirectToPage(new { ReturnUrl = Url.LocalOrHome(ReturnUrl) })
            : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await registration.ConfirmAsync(linkCookie.Read(LinkPurpose.ConfirmAddress)))
        {
            ModelState.AddModelError("", MailAnswers.DeadLink(support.Value.Contact));
            return Page();
        }

        linkCookie.Forget(LinkPurpose.ConfirmAddress);
        StatusMessage = "Your e-mail address is confirmed. You can sign in now.";
        return RedirectToPage("./Login", new { ReturnUrl = Url.LocalOrHome(ReturnUrl) });
    }
}
