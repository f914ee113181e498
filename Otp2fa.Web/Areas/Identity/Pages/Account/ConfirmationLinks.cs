using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal static class ConfirmationLinks
{
    /// <summary>
    /// The absolute link that confirms a mail address, and leads on to where the person was going; the token travels as
    /// base64url.
    /// </summary>
    public static string ConfirmationLink(
        this IUrlHelper url,
        string userId,
        string token,
        string? returnUrl
    ) =>
        url.Page(
            "/Account/ConfirmEmail",
            pageHandler: null,
            values: new
            {
                area = "Identity",
                userId,
                code = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token)),
                returnUrl = url.LocalOrHome(returnUrl),
            },
            protocol: url.ActionContext.HttpContext.Request.Scheme
        )!;

    /// <summary>Null for what is no base64url.</summary>
    public static string? DecodeToken(string? code)
    {
        try
        {
            return code is null ? null : Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(code));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
