using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>
/// The link's code is taken out of the address at once, into a cookie: addresses are kept in histories and shown to whoever
/// looks on (R38).
/// </summary>
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

    public IActionResult OnGet(string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return Page();
        }

        linkCookie.Keep(code);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!IsOpen || !ModelState.IsValid)
        {
            return Page();
        }

        var result = await reset.ResetAsync(linkCookie.Code, Input.Email, Input.Password);
        switch (result.Status)
        {
            case PasswordResetStatus.Done:
                linkCookie.Forget();
                return RedirectToPage("./ResetPasswordConfirmation");
            case PasswordResetStatus.DeadLink:
                ModelState.AddModelError(
                    "",
                    "This link does not work any more, or it is not for this address. Check the address, or ask for another link."
                );
                return Page();
            case PasswordResetStatus.AddressTaken:
                ModelState.AddModelError(
                    "",
                    $"Another account has this address by now. Ask for help: {support.Value.Contact}"
                );
                return Page();
            case PasswordResetStatus.Refused:
                foreach (var sentence in result.Sentences!)
                {
                    ModelState.AddModelError("Input.Password", sentence);
                }

                return Page();
        }

        throw new InvalidOperationException($"No page for {result.Status}.");
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
