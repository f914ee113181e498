using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>Where the link of every notice leads. It only shows a button: mail scanners follow links.</summary>
[AllowDuringEnrolment]
internal sealed class NotMeModel(
    ForeignHands hands,
    LinkCookie linkCookie,
    IOptions<SupportOptions> support
) : PageModel
{
    [FromQuery]
    public string? Code { get; set; }

    /// <summary>Null before the button was pressed, and after it did nothing.</summary>
    [TempData]
    public string? Result { get; set; }

    public string Support => support.Value.Contact;

    public IActionResult OnGet() =>
        linkCookie.TakeFromAddress(LinkPurpose.NotMe, Code) ? RedirectToPage() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var result = await hands.EndAsync(linkCookie.Read(LinkPurpose.NotMe));
        if (result == ForeignHandsResult.DeadLink)
        {
            ModelState.AddModelError("", MailAnswers.DeadLink(Support));
            return Page();
        }

        // The answer to a request of a person who was signed in would still look so.
        Result = result.ToString();
        return RedirectToPage();
    }
}
