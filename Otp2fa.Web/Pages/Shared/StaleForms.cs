using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Otp2fa.Web.Pages.Shared;

/// <summary>
/// Marks a request whose antiforgery token did not fit, so that the error page can say what happened (a form from before
/// a sign-in, or another tab) instead of a bare 400. Nothing of the form was acted on.
/// </summary>
internal sealed class StaleForms : IAlwaysRunResultFilter
{
    private static readonly object Mark = new();

    public static bool IsMarked(HttpContext context) => context.Items.ContainsKey(Mark);

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is IAntiforgeryValidationFailedResult)
        {
            context.HttpContext.Items[Mark] = true;
        }
    }

    public void OnResultExecuted(ResultExecutedContext context) { }
}
