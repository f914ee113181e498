using Microsoft.AspNetCore.Mvc.Filters;

namespace Otp2fa.Web.Composition;

/// <summary>
/// No page, redirect or refusal may be kept by a browser or a proxy: Back after sign-out must show nothing (ASVS 14.3.2).
/// The framework's ResponseCache attribute does nothing as a global filter of Razor Pages.
/// </summary>
internal sealed class NoStore : IAlwaysRunResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context) =>
        // The very words antiforgery uses; with others it would warn at every form that it replaced them.
        context.HttpContext.Response.Headers.CacheControl = "no-cache, no-store";

    public void OnResultExecuted(ResultExecutedContext context) { }
}
