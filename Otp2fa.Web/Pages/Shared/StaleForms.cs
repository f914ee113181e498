using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Core.Infrastructure;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Otp2fa.Web.Pages.Shared;

/// <summary>
/// Marks a request whose antiforgery token did not fit, so that the error page can say what happened (a form from before
/// a sign-in, or another tab) instead of a bare 400. Nothing of the form was acted on. Who wants to sign out and is
/// signed out already is told so.
/// </summary>
internal sealed partial class StaleForms(ILogger<StaleForms> logger) : IAlwaysRunResultFilter
{
    private const string SignOutPage = "/Account/Logout";

    private static readonly object Mark = new();

    public static bool IsMarked(HttpContext context) => context.Items.ContainsKey(Mark);

    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not IAntiforgeryValidationFailedResult)
        {
            return;
        }

        LogStaleForm(logger);
        if (
            context.RouteData.Values["page"] as string == SignOutPage
            && context.HttpContext.User.Identity is not { IsAuthenticated: true }
        )
        {
            context.Result = new RedirectToPageResult(SignOutPage, new { area = "Identity" });
            return;
        }

        context.HttpContext.Items[Mark] = true;
    }

    // The framework's own report of it is off: a stack trace per request, for whoever sends a broken cookie.
    [LoggerMessage(
        5100,
        LogLevel.Warning,
        "A form whose antiforgery token does not fit was refused"
    )]
    private static partial void LogStaleForm(ILogger logger);

    public void OnResultExecuted(ResultExecutedContext context) { }
}
