using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Operations.Health;

namespace Otp2fa.Web.Composition;

/// <summary>
/// Without https no cookie of the site would come back and every sign-in would silently go round in circles, so http is
/// answered with a plain sentence, and the log names the setting that is usually missing.
/// </summary>
internal sealed class HttpsOnly(
    RequestDelegate next,
    IOptions<CookieSettings> cookies,
    ILogger<HttpsOnly> logger
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (
            context.Request.IsHttps
            || cookies.Value.AllowHttp
            // A load balancer asks an instance directly; nothing there sets or reads a cookie.
            || HealthRegistration.IsHealth(context.Request.Path)
        )
        {
            await next(context);
            return;
        }

        logger.HttpRefused();
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(
            "This site answers over https only.",
            context.RequestAborted
        );
    }
}
