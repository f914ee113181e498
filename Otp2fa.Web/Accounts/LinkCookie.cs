using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Keeps the code of a mailed link between the request that brought it and the form, out of the address bar. The code is
/// protected by itself, and ends with its own time; the cookie ends with the browser.
/// </summary>
internal sealed class LinkCookie(IHttpContextAccessor contexts, IOptions<CookieSettings> settings)
{
    // Longer ones are not ours, and no browser would keep them.
    private const int Longest = 2000;

    private HttpContext Context => contexts.HttpContext!;

    private string Name => settings.Value.NameOf(CookieNames.MailedLink);

    public string? Code => Context.Request.Cookies[Name];

    public void Keep(string code)
    {
        if (
            code.Length <= Longest
            && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        )
        {
            Context.Response.Cookies.Append(Name, code, Options());
        }
        else
        {
            Forget();
        }
    }

    public void Forget() => Context.Response.Cookies.Delete(Name, Options());

    private CookieOptions Options()
    {
        var cookie = new CookieBuilder();
        // Lax: the browser follows the redirect of a link in a mail.
        settings.Value.Apply(cookie, CookieNames.MailedLink, SameSiteMode.Lax);
        return cookie.Build(Context);
    }
}
