using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Composition;

/// <summary>A site that has more to do than it can says so at once: 503, and when to come again (limit L3).</summary>
internal sealed class BusySite : IExceptionFilter
{
    private static readonly TimeSpan ComeAgain = TimeSpan.FromSeconds(5);

    public void OnException(ExceptionContext context)
    {
        if (context.Exception is SiteBusyException)
        {
            context.HttpContext.Response.Headers.RetryAfter = ComeAgain.TotalSeconds.ToString(
                CultureInfo.InvariantCulture
            );
            context.Result = new StatusCodeResult(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
