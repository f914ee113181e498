using Microsoft.AspNetCore.Mvc;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

internal static class ReturnUrls
{
    /// <summary>
    /// The address to go on to: as asked if it is of this site, otherwise the start page (ASVS 3.7.2). An address of this
    /// site is printable ASCII, as the framework writes it; anything else cannot stand in a Location header.
    /// </summary>
    public static string LocalOrHome(this IUrlHelper url, string? returnUrl) =>
        url.IsLocalUrl(returnUrl) && returnUrl!.All(c => c is > ' ' and <= '~')
            ? returnUrl
            : url.Content("~/");
}
