using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal sealed class RegisterConfirmationModel(Registration registration) : PageModel
{
    public bool ShowsLinkOnPage => registration.ShowsLinkOnPage;

    public bool IsOpen => registration.IsOpen;

    public string? Link { get; private set; }

    public async Task OnGetAsync(string? email, string? returnUrl) =>
        Link = await registration.FindLinkForPageAsync(email, Url.LocalOrHome(returnUrl));
}
