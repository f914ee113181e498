using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal static class LostSignIns
{
    /// <summary>There is no sign-in that waits for its second step in this browser, any more: where the person goes on.</summary>
    /// <param name="page">A page of the second step.</param>
    /// <param name="returnUrl">Where the sign-in was to lead.</param>
    /// <param name="tell">Keeps a sentence for the next page.</param>
    public static IActionResult StartSignInAgain(
        this PageModel page,
        string? returnUrl,
        Action<string> tell
    )
    {
        var target = page.Url.LocalOrHome(returnUrl);
        if (page.User.Identity is { IsAuthenticated: true })
        {
            // Back in the browser, or another tab, after this very sign-in ended well.
            return new LocalRedirectResult(target);
        }

        tell(CodeTexts.SignInLost);
        return new RedirectToPageResult("./Login", new { ReturnUrl = target });
    }
}
