using Microsoft.AspNetCore.Diagnostics;
using Otp2fa.Web.Data;
using Otp2fa.Web.Pages.Shared;

namespace Otp2fa.Web.Composition;

/// <summary>
/// Refuses what another site's page sends, by the browser's own word (R26). Antiforgery would refuse it too; this comes first,
/// needs no cookie and reads no form. Who types an address or follows a link sends no form.
/// </summary>
internal sealed class CrossSiteForms(
    RequestDelegate next,
    IAuditTrail audit,
    ILogger<CrossSiteForms> logger
)
{
    private const string FetchSite = "Sec-Fetch-Site";

    public async Task InvokeAsync(HttpContext context)
    {
        var isDrawnAgain = context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (
            IsSafe(context.Request.Method)
            || IsOwn(context.Request.Headers[FetchSite])
            // The page that says so is drawn for the same request.
            || isDrawnAgain
        )
        {
            await next(context);
            if (StaleForms.IsMarked(context) && !isDrawnAgain)
            {
                audit.Record(AuditKind.StaleForm);
            }

            return;
        }

        logger.CrossSiteRefused();
        audit.Record(AuditKind.CrossSiteForm);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        // Nothing reads it any more, the error page neither.
        context.Request.ContentType = null;
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method)
        || HttpMethods.IsHead(method)
        || HttpMethods.IsOptions(method)
        || HttpMethods.IsTrace(method);

    // Absent: a browser of before 2023, or none. "none": the person's own doing.
    private static bool IsOwn(string? site) =>
        site is null
        || site.Equals("same-origin", StringComparison.OrdinalIgnoreCase)
        || site.Equals("none", StringComparison.OrdinalIgnoreCase);
}
