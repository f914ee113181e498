using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account.Manage;

[RequireStepUp]
internal sealed class DeletePersonalDataModel(
    UserManager<ApplicationUser> users,
    Otp2faSignInManager signIn,
    OwnPassword ownPassword,
    PersonalData data
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

        switch (await ownPassword.CheckAsync(user, Input.Password))
        {
            case PasswordChangeStatus.LockedOut:
                return RedirectToPage("/Account/Lockout");
            case PasswordChangeStatus.WrongPassword:
                ModelState.AddModelError("Input.Password", "That password is not correct.");
                return Page();
        }

        if (!await data.DeleteAsync(user))
        {
            StatusMessage = FactorTexts.ChangedElsewhere;
            return RedirectToPage("./PersonalData");
        }

        await signIn.SignOutAsync();
        StatusMessage = "Your account is deleted.";
        return LocalRedirect("~/");
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";
    }
}
