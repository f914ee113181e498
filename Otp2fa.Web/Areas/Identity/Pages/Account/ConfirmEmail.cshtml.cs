using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The link only shows a button: mail scanners follow links, and a GET changes nothing here.</summary>
internal sealed class ConfirmEmailModel(Registration registration, IOptions<SupportOptions> support)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await registration.ConfirmAsync(Code))
        {
            ModelState.AddModelError("", MailAnswers.DeadLink(support.Value.Contact));
            return Page();
        }

        StatusMessage = "Your e-mail address is confirmed. You can sign in now.";
        return RedirectToPage("./Login", new { ReturnUrl = Url.LocalOrHome(ReturnUrl) });
    }
}
