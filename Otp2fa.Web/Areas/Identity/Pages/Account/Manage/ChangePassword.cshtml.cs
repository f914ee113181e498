using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

internal sealed class ChangePasswordModel(
    UserManager<ApplicationUser> users,
    OwnPassword ownPassword
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [TempData]
    public string? StatusMessage { get; set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (await users.GetUserAsync(User) is not { } user)
        {
            return Challenge();
        }

        var result = await ownPassword.ChangeAsync(user, Input.OldPassword, Input.NewPassword);
        switch (result.Status)
        {
            case PasswordChangeStatus.Done:
                StatusMessage = "Your password is changed. Other browsers were signed out.";
                return RedirectToPage("./Index");
            case PasswordChangeStatus.LockedOut:
                return RedirectToPage("/Account/Lockout");
            case PasswordChangeStatus.WrongPassword:
                ModelState.AddModelError("Input.OldPassword", "That password is not correct.");
                return Page();
            case PasswordChangeStatus.Refused:
                foreach (var sentence in result.Sentences!)
                {
                    ModelState.AddModelError("Input.NewPassword", sentence);
                }

                return Page();
            case PasswordChangeStatus.ChangedElsewhere:
                StatusMessage = FactorTexts.ChangedElsewhere;
                return RedirectToPage("./Index");
        }

        throw new InvalidOperationException($"No page for {result.Status}.");
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter the password you have now.")]
        public string OldPassword { get; set; } = "";

        [Required(ErrorMessage = "Enter a new password.")]
        public string NewPassword { get; set; } = "";

        [Compare(nameof(NewPassword), ErrorMessage = "The two passwords are not the same.")]
        public string? ConfirmPassword { get; set; }
    }
}
