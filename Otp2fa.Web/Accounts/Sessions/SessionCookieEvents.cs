using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>
/// Checks the application cookie against its session row at every request, in one query: row alive, account unchanged
/// since, and a second factor given, or the browser remembered, if the account has one (threat T01). A database that cannot be asked means the
/// request fails; it never means that the cookie is believed.
/// </summary>
internal sealed class SessionCookieEvents(
    SessionStore sessions,
    CurrentSession current,
    IOptions<IdentityOptions> identity,
    IAuditTrail audit,
    ILogger<SessionCookieEvents> logger
) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // An error is being told, perhaps that the database is not there: nobody is signed in on that page.
            context.RejectPrincipal();
            return;
        }

        var principal = context.Principal;
        var claims = identity.Value.ClaimsIdentity;
        var live = await sessions.FindAsync(
            principal?.FindFirstValue(SessionClaims.SessionId),
            context.HttpContext.RequestAborted
        );
        if (
            live is not null
            && live.Session.UserId == principal?.FindFirstValue(claims.UserIdClaimType)
            && live.SecurityStamp == principal.FindFirstValue(claims.SecurityStampClaimType)
            && (live.Session.MultiFactor || live.IsRemembered || !live.TwoFactorEnabled)
        )
        {
            current.Row = live.Session;
            current.MustEnrol = live.NeedsTwoFactor && !live.TwoFactorEnabled;
            await sessions.NoteSeenAsync(live.Session);
            return;
        }

        // The cookie is left alone: it may be an older one, and deleting would take its successor away in another tab.
        logger.SessionRefused();
        audit.Record(AuditKind.SessionRefused, principal?.FindFirstValue(claims.UserIdClaimType));
        context.RejectPrincipal();
    }

    /// <summary>
    /// Leads to the sign-in by a path of this site: the framework would write the host that the request named, whatever
    /// that was. Not to be kept, like every page (ASVS 14.3.2).
    /// </summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        RedirectWithinSite(context);

    /// <inheritdoc cref="RedirectToLogin"/>
    public override Task RedirectToAccessDenied(
        RedirectContext<CookieAuthenticationOptions> context
    ) => RedirectWithinSite(context);

    /// <summary>
    /// Signing in or out redirects nowhere by itself: the framework would follow any ReturnUrl of the query here, before
    /// the page has looked at it.
    /// </summary>
    public override Task RedirectToReturnUrl(
        RedirectContext<CookieAuthenticationOptions> context
    ) => Task.CompletedTask;

    private static Task RedirectWithinSite(RedirectContext<CookieAuthenticationOptions> context)
    {
        var origin = $"{context.Request.Scheme}://{context.Request.Host}";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        context.Response.Redirect(
            context.RedirectUri.StartsWith(origin, StringComparison.Ordinal)
                ? context.RedirectUri[origin.Length..]
                : context.RedirectUri
        );
        return Task.CompletedTask;
    }
}
