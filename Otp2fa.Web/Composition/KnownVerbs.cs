using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Otp2fa.Web.Composition;

/// <summary>
/// Answers 405 where a page has no handler for the verb. Razor Pages would draw the page without any, as if its GET had
/// run. The error page is drawn for every verb: it stands in for the answer to whatever was asked.
/// </summary>
internal sealed class KnownVerbs : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context) { }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var isPlainRead =
            context.ActionDescriptor.HandlerMethods.Count == 0
            && (
                HttpMethods.IsGet(context.HttpContext.Request.Method)
                || HttpMethods.IsHead(context.HttpContext.Request.Method)
            );
        var features = context.HttpContext.Features;
        var standsIn =
            features.Get<IStatusCodeReExecuteFeature>() is not null
            || features.Get<IExceptionHandlerFeature>() is not null;
        if (context.HandlerMethod is null && !isPlainRead && !standsIn)
        {
            var handlers = context.ActionDescriptor.HandlerMethods;
            context.HttpContext.Response.Headers.Allow = handlers.Any(handler =>
                HttpMethods.IsPost(handler.HttpMethod)
            )
                ? "GET, HEAD, POST"
                : "GET, HEAD";
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context) { }
}
