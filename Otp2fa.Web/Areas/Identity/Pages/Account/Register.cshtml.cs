using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal sealed class RegisterModel(Registration registration, IOptions<SupportOptions> support)
    : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public bool IsOpen => registration.IsOpen;

    public string Support => support.Value.Contact;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!registration.IsOpen || !ModelState.IsValid)
        {
            return Page();
        }

        var errors = await registration.RegisterAsync(
            Input.Email,
            Input.Password,
            Url.LocalOrHome(ReturnUrl)
        );
        if (errors.Count == 0)
        {
            return RedirectToPage(
                "./RegisterConfirmation",
                new { email = Input.Email, returnUrl = Url.LocalOrHome(ReturnUrl) }
            );
        }

        foreach (var error in errors)
        {
            var field = error.Code.StartsWith("Password", StringComparison.Ordinal)
                ? "Input.Password"
                : "Input.Email";
            ModelState.AddModelError(field, error.Description);
        }

        return Page();
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter a password.")]
        public string Password { get; set; } = "";

        [Compare(nameof(Password), ErrorMessage = "The two passwords are not the same.")]
        public string? ConfirmPassword { get; set; }
    }
}
