using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Composition;

/// <summary>
/// Acts on <see cref="RequireStepUpAttribute"/>, on a page or on one of its handlers: leads whoever still has to show who
/// they are to the step-up, which leads back to the page.
/// </summary>
internal sealed class StepUpFilter(UserManager<ApplicationUser> users, StepUp stepUp)
    : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) =>
        Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        if (!IsRequired(context))
        {
            await next();
        }
        else if (await users.GetUserAsync(context.HttpContext.User) is not { } user)
        {
            context.Result = new ChallengeResult();
        }
        else if (stepUp.IsNeeded(user))
        {
            context.Result = new RedirectToPageResult(
                "/Account/StepUp",
                new { area = "Identity", ReturnUrl = AddressOf(context.HttpContext.Request) }
            );
        }
        else
        {
            await next();
        }
    }

    private static bool IsRequired(PageHandlerExecutingContext context) =>
        context.ActionDescriptor.ModelTypeInfo?.IsDefined(
            typeof(RequireStepUpAttribute),
            inherit: false
        ) == true
        || context.HandlerMethod?.MethodInfo.IsDefined(
            typeof(RequireStepUpAttribute),
            inherit: false
        ) == true;

    // The page that shows the form again, not the handler that takes it.
    private static string AddressOf(HttpRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        query.Remove("handler");
        return QueryHelpers.AddQueryString(request.PathBase + request.Path, query);
    }
}
