using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

[AllowDuringEnrolment]
internal sealed class LoginModel(
    Otp2faSignInManager signIn,
    IOptions<AccountsOptions> accounts,
    TimeProvider time
) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>A name and a password were refused; the page says what else there is to do, the same to all.</summary>
    public bool IsRefused { get; private set; }

    public TimeSpan SessionLifetime => accounts.Value.SessionLifetime;

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync()
    {
        // A box that is neither ticked nor not counts as not ticked; its text is not shown again.
        ModelState.Remove($"{nameof(Input)}.{nameof(Input.RememberMe)}");
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = await signIn.PasswordSignInAsync(
            Input.Email,
            Input.Password,
            Input.RememberMe,
            lockoutOnFailure: true
        );
        if (result.Succeeded)
        {
            return LocalRedirect(Url.LocalOrHome(ReturnUrl));
        }

        if (result.RequiresTwoFactor)
        {
            return RedirectToPage(
                signIn.FirstFactor == Factor.App ? "./LoginWith2faApp" : "./LoginWith2fa",
                new { ReturnUrl = Url.LocalOrHome(ReturnUrl), Input.RememberMe }
            );
        }

        if (signIn.TooManyUntil is { } until)
        {
            // It says nothing about an account: all that come from there are told the same.
            var wait = until - time.GetUtcNow();
            ModelState.AddModelError("", CodeTexts.TooManyFromHere(until, time.GetUtcNow()));
            Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
                .ToString(CultureInfo.InvariantCulture);
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return Page();
        }

        // The same for an unknown name, a wrong password, a locked and an unconfirmed account (ASVS 6.3.8).
        IsRefused = true;
        ModelState.AddModelError("", "Invalid login attempt.");
        return Page();
    }

    internal sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your e-mail address.")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter your password.")]
        public string Password { get; set; } = "";

        public bool RememberMe { get; set; }
    }
}
