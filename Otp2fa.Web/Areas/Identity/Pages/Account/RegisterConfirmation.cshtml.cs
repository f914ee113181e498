using Microsoft.AspNetCore.Mvc.RazorPages;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal sealed class RegisterConfirmationModel(Registration registration) : PageModel
{
    public bool ShowsLinkOnPage => registration.ShowsLinkOnPage;

    public string? Link { get; private set; }

    public async Task OnGetAsync(string? email) =>
        Link = await registration.FindLinkForPageAsync(
            email,
            (userId, token) => Url.ConfirmationLink(userId, token)
        );
}
