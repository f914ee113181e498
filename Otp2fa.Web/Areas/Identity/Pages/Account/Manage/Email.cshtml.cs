using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Mails;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class EmailModel(UserManager<ApplicationUser> users, EmailChange change) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public string Email { get; private set; } = "";

    public bool IsConfirmed { get; private set; }

    [TempData]
    public string? StatusMessage { get; set; }

    public async Task<IActionResult> OnGetAsync() =>
        await FindAsync() is null ? Challenge() : Page();

    [RequireStepUp]
    public async Task<IActionResult> OnPostChangeEmailAsync()
    {
        if (await FindAsync() is not { } user)
        {
            return Challenge();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var sentence = await change.StartAsync(user, Input.NewEmail) switch
        {
            EmailChangeStart.NotAnAddress => Registration.AddressFormat,
            EmailChangeStart.SameAddress => "That is the address you have already.",
            EmailChangeStart.TooMany => MailAnswers.TooMany,
            EmailChangeStart.Closed => "This site sends no mail, so addresses cannot be changed.",
            EmailChangeStart.Sent => null,
        };
        if (sentence is not null)
        {
            ModelState.AddModelError("Input.NewEmail", sentence);
            return Page();
        }

        StatusMessage =
            "We sent a link to the new address. Open it to make it the address of your account.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostSendVerificationEmailAsync()
    {
        if (await FindAsync() is not { } user)
        {
            return Challenge();
        }

        StatusMessage = await change.ConfirmAgainAsync(user)
            ? "Verification email sent. Please check your mail."
            : MailAnswers.TooMany;
        return RedirectToPage();
    }

    private async Task<ApplicationUser?> FindAsync()
    {
        var user = await users.GetUserAsync(User);
        (Email, IsConfirmed) = (user?.Email ?? "", user?.EmailConfirmed ?? false);
        return user;
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter the new e-mail address.")]
        public string NewEmail { get; set; } = "";
    }
}
