using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Composition;

/// <summary>An account that was deleted in the middle of a request is nobody's fault: the person starts again.</summary>
internal sealed class GoneAccounts : IExceptionFilter
{
    public void OnException(ExceptionContext context)
    {
        if (context.Exception is AccountGoneException)
        {
            context.Result = new RedirectToPageResult("/Account/Login", new { area = "Identity" });
        }
    }
}
