using Microsoft.AspNetCore.Authentication.Cookies;

namespace Otp2fa.Web.Accounts.Pending;

/// <summary>
/// Cookies of the pending schemes. Once a request has begun a new attempt, the cookie it came with is not shown to the
/// cookie handler any more, so that the handler stores the new ticket under a new key instead of renewing the old one.
/// </summary>
internal sealed class PendingCookieManager(string scheme) : ICookieManager
{
    private readonly ChunkingCookieManager inner = new();

    public static void HideRequestCookie(HttpContext context, string scheme) =>
        context.Items[new Hidden(scheme)] = true;

    public string? GetRequestCookie(HttpContext context, string key) =>
        context.Items.ContainsKey(new Hidden(scheme)) ? null : inner.GetRequestCookie(context, key);

    public void AppendResponseCookie(
        HttpContext context,
        string key,
        string? value,
        CookieOptions options
    ) => inner.AppendResponseCookie(context, key, value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        inner.DeleteCookie(context, key, options);

    private sealed record Hidden(string Scheme);
}
