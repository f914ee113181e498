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

        var start = await change.StartAsync(user, Input.NewEmail);
        if (start != EmailChangeStart.Sent)
        {
            ModelState.AddModelError("Input.NewEmail", MailAnswers.Of(start));
            return Page();
        }

        StatusMessage = MailAnswers.Of(start);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostSendVerificationEmailAsync()
    {
        if (await FindAsync() is not { } user)
        {
            return Challenge();
        }

        var start = await change.ConfirmAgainAsync(user);
        StatusMessage =
            start == EmailChangeStart.Sent
                ? "Verification email sent. Please check your mail."
                : MailAnswers.Of(start);
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
