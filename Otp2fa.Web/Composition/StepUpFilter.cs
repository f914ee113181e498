using System.Reflection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
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
    /// <exception cref="InvalidOperationException">The attribute stands where nothing would act on it.</exception>
    public static void ThrowIfUnheeded(IEndpointRouteBuilder routes)
    {
        var unheeded = routes
            .DataSources.SelectMany(source => source.Endpoints)
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<RequireStepUpAttribute>() is not null
                && endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null
            )
            .Select(endpoint => endpoint.DisplayName)
            .ToList();
        if (unheeded.Count > 0)
        {
            throw new InvalidOperationException(
                $"[RequireStepUp] protects Razor Pages only, not: {string.Join(", ", unheeded)}."
            );
        }
    }

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

    // On the page's model, on a model it derives from, in its markup, or on the handler.
    private static bool IsRequired(PageHandlerExecutingContext context) =>
        new MemberInfo?[]
        {
            context.ActionDescriptor.ModelTypeInfo,
            context.ActionDescriptor.PageTypeInfo,
            context.HandlerMethod?.MethodInfo,
        }.Any(member => member?.IsDefined(typeof(RequireStepUpAttribute), inherit: true) == true);

    // The page that shows the form again, not the handler that takes it.
    private static string AddressOf(HttpRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.QueryString.Value);
        query.Remove("handler");
        return QueryHelpers.AddQueryString(request.PathBase + request.Path, query);
    }
}
