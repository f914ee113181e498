using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

[AllowDuringEnrolment]
internal sealed class ResendEmailConfirmationModel(
    MailRequests requests,
    IOptions<SupportOptions> support
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool IsOpen => requests.AreTaken;

    public bool IsSent { get; private set; }

    public string Closed => MailAnswers.Closed(support.Value.Contact);

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsOpen || !ModelState.IsValid)
        {
            return Page();
        }

        IsSent = await requests.AskConfirmationAsync(Input.Email);
        if (!IsSent)
        {
            ModelState.AddModelError("Input.Email", Registration.AddressFormat);
        }

        return Page();
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your e-mail address.")]
        public string Email { get; set; } = "";
    }
}
