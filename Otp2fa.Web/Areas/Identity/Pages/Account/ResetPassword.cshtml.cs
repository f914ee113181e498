using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The form behind the link of a forgotten password.</summary>
[AllowDuringEnrolment]
internal sealed class ResetPasswordModel(
    PasswordReset reset,
    LinkCookie linkCookie,
    IOptions<SupportOptions> support
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool IsOpen => reset.IsOpen;

    public string Closed => MailAnswers.Closed(support.Value.Contact);

    [FromQuery]
    public string? Code { get; set; }

    public IActionResult OnGet() =>
        linkCookie.TakeFromAddress(LinkPurpose.ResetPassword, Code) ? RedirectToPage() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsOpen || !ModelState.IsValid)
        {
            return Page();
        }

        var result = await reset.ResetAsync(
            linkCookie.Read(LinkPurpose.ResetPassword),
            Input.Email,
            Input.Password
        );
        switch (result.Status)
        {
            case PasswordResetStatus.Done:
                linkCookie.Forget(LinkPurpose.ResetPassword);
                return RedirectToPage("./ResetPasswordConfirmation");
            case PasswordResetStatus.DeadLink:
                ModelState.AddModelError("", MailAnswers.DeadReset);
                break;
            case PasswordResetStatus.Refused:
                foreach (var sentence in result.Sentences!)
                {
                    ModelState.AddModelError("Input.Password", sentence);
                }

                break;
        }

        return Page();
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter a new password.")]
        public string Password { get; set; } = "";

        [Compare(nameof(Password), ErrorMessage = "The two passwords are not the same.")]
        public string? ConfirmPassword { get; set; }
    }
}
