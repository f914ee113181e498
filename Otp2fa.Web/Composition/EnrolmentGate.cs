using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Sessions;

namespace Otp2fa.Web.Composition;

/// <summary>
/// A person whose account must have two-factor authentication on, and has not, is led to turn it on and can do nothing else:
/// whatever an adopter adds is closed to them, too, unless it says otherwise.
/// </summary>
internal sealed class EnrolmentGate(RequestDelegate next)
{
    private const string Enrolment = "/Identity/Account/Manage/TwoFactorAuthentication";

    public Task InvokeAsync(HttpContext context, CurrentSession session)
    {
        if (
            !session.MustEnrol
            || context.GetEndpoint()?.Metadata.GetMetadata<AllowDuringEnrolmentAttribute>()
                is not null
        )
        {
            return next(context);
        }

        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Redirect(context.Request.PathBase + Enrolment);
        return Task.CompletedTask;
    }
}
