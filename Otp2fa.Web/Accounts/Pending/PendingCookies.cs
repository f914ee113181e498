using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts.Pending;

/// <summary>Sets up a pending scheme: absolute life, no sliding, ticket on the server, challenge written at sign-in.</summary>
internal sealed class PendingCookies(
    string scheme,
    string cookieName,
    IDataProtectionProvider dataProtection,
    TimeProvider time,
    IOptions<TwoFactorOptions> twoFactor,
    IOptions<CookieSettings> cookies,
    ILogger<PendingTicketStore> logger
) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    public void Configure(CookieAuthenticationOptions options) =>
        Configure(Options.DefaultName, options);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != scheme)
        {
            return;
        }

        cookies.Value.Apply(options.Cookie, cookieName, SameSiteMode.Strict);
        options.ExpireTimeSpan = twoFactor.Value.PendingLifetime;
        options.SlidingExpiration = false;
        options.CookieManager = new PendingCookieManager(scheme);
        options.SessionStore = new PendingTicketStore(scheme, dataProtection, time, logger);
        options.Events = new CookieAuthenticationEvents
        {
            OnSigningIn = context =>
            {
                // In here and not after: one write to the store and one Set-Cookie.
                var pending =
                    context.HttpContext.RequestServices.GetRequiredService<PendingChallenge>();
                if (pending.Start is { } start)
                {
                    context.Properties.Write(start);
                }

                if (pending.Beginner is { } user)
                {
                    context.Properties.BindTo(user);
                }

                return Task.CompletedTask;
            },
            OnRedirectToLogin = Forbidden,
            OnRedirectToAccessDenied = Forbidden,
        };

        // Nobody is ever challenged to a pending scheme; if code ever does it, it must not become a redirect.
        static Task Forbidden(
            Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context
        )
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }
    }
}
