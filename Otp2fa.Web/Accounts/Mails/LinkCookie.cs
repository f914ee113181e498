using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// Keeps the code of a mailed link between the request that brought it and the form, out of the address bar: addresses are kept
/// in histories and seen by whoever looks on (R38). The code is protected by itself and ends with its own time; the cookie
/// ends with the browser.
/// </summary>
internal sealed class LinkCookie(IHttpContextAccessor contexts, IOptions<CookieSettings> settings)
{
    // Longer ones are not ours, and no browser would keep them.
    private const int Longest = 2000;

    private HttpContext Context => contexts.HttpContext!;

    /// <summary>Null if no link for that was opened in this browser.</summary>
    public string? Read(LinkPurpose purpose) =>
        Context.Request.Cookies[settings.Value.NameOf(NameOf(purpose))];

    /// <summary>Takes the code out of the address; what is none of ours is not kept.</summary>
    /// <returns>Whether the address had one, so that the browser is to ask again without it.</returns>
    public bool TakeFromAddress(LinkPurpose purpose, string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return false;
        }

        if (
            code.Length <= Longest
            && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        )
        {
            var cookie = Cookie(purpose);
            Context.Response.Cookies.Append(cookie.Name!, code, cookie.Build(Context));
        }
        else
        {
            Forget(purpose);
        }

        return true;
    }

    public void Forget(LinkPurpose purpose)
    {
        var cookie = Cookie(purpose);
        Context.Response.Cookies.Delete(cookie.Name!, cookie.Build(Context));
    }

    private static string NameOf(LinkPurpose purpose) => $"{CookieNames.MailedLink}.{purpose}";

    private CookieBuilder Cookie(LinkPurpose purpose)
    {
        var cookie = new CookieBuilder();
        // Lax: the browser follows the redirect of a link in a mail.
        settings.Value.Apply(cookie, NameOf(purpose), SameSiteMode.Lax);
        return cookie;
    }
}
