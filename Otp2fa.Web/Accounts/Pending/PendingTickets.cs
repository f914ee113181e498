using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Accounts.Pending;

/// <summary>What happens to the pending tickets of a request besides the cookie handler's own work.</summary>
internal sealed class PendingTickets(IOptionsMonitor<CookieAuthenticationOptions> options)
{
    // The claim in which CookieAuthenticationHandler keeps the key of a stored ticket.
    private const string KeyClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    /// <summary>
    /// Makes sure that whatever this request signs in to <paramref name="scheme"/> gets a key of its own: the row behind
    /// the cookie it came with is taken and that cookie hidden from the handler. Call it before anything authenticates
    /// the scheme in this request.
    /// </summary>
    public async Task<TakenTicket> TakeAsync(HttpContext context, string scheme)
    {
        var schemeOptions = options.Get(scheme);
        var taken = TryReadKey(context, schemeOptions, out var key)
            ? await ((PendingTicketStore)schemeOptions.SessionStore!).TakeAsync(key, context)
            : new TakenTicket(null, IsTakenElsewhere: false);
        PendingCookieManager.HideRequestCookie(context, scheme);
        return taken;
    }

    /// <summary>
    /// Looks at a ticket without fixing its key for this request, as authenticating the scheme would; it can still be taken.
    /// </summary>
    public async Task<AuthenticationTicket?> PeekAsync(HttpContext context, string scheme)
    {
        var schemeOptions = options.Get(scheme);
        return TryReadKey(context, schemeOptions, out var key)
            ? await schemeOptions.SessionStore!.RetrieveAsync(key, context, CancellationToken.None)
            : null;
    }

    private static bool TryReadKey(
        HttpContext context,
        CookieAuthenticationOptions schemeOptions,
        [NotNullWhen(true)] out string? key
    )
    {
        // Not AuthenticateAsync: it would fix the old key for the rest of the request.
        var cookie = schemeOptions.CookieManager.GetRequestCookie(
            context,
            schemeOptions.Cookie.Name!
        );
        var ticket = cookie is null ? null : schemeOptions.TicketDataFormat.Unprotect(cookie);
        key = ticket?.Principal.FindFirstValue(KeyClaim);
        return key is not null;
    }
}
