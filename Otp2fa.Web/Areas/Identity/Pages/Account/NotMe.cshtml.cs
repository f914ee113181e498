using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>Where the link of every notice leads. It only shows a button: mail scanners follow links.</summary>
[AllowDuringEnrolment]
internal sealed class NotMeModel(ForeignHands hands, IOptions<SupportOptions> support) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public bool IsDone { get; private set; }

    public string Support => support.Value.Contact;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        IsDone = await hands.EndAsync(Code);
        if (!IsDone)
        {
            ModelState.AddModelError("", MailAnswers.DeadLink(Support));
        }

        return Page();
    }
}
