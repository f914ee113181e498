using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>
/// Tells a browser that signed in to an account before from one that never did (OWASP, device cookies): its wrong passwords are
/// counted by themselves, so that strangers cannot lock its owner out. A changed password or factor makes all other browsers
/// unknown. It opens nothing. The cookie carries a random name of
/// the browser and the accounts, protected under the key ring that all instances share; no row stands behind it.
/// </summary>
internal sealed class DeviceCookie(
    IHttpContextAccessor contexts,
    IDataProtectionProvider protection,
    IOptions<CookieSettings> cookies,
    IOptions<AccountsOptions> options,
    TimeProvider time
)
{
    // People share a browser; a hundred do not, and a cookie has its size.
    private const int MostAccounts = 5;
    private const int NameBytes = 16;
    private const int StampBytes = 8;
    private const char Separator = '|';

    private readonly IDataProtector protector = protection.CreateProtector("Otp2fa.DeviceCookie");

    /// <summary>What the account knows this browser by; null if it does not, and outside a request.</summary>
    public string? NameFor(ApplicationUser user) =>
        Read() is { } device && device.Accounts.Contains(EntryOf(user), StringComparer.Ordinal)
            // With the stamp in it: what was counted against an older password ends with that.
            ? $"{EntryOf(user)}{Separator}{device.Name}"
            : null;

    /// <summary>The person proved to be the account's in this browser: from now on it is known.</summary>
    public void Know(ApplicationUser user)
    {
        if (contexts.HttpContext is not { } context)
        {
            return;
        }

        var (now, before) = (time.GetUtcNow(), Read());
        var end = now + options.Value.DeviceLifetime;
        string[] parts =
        [
            end.UtcTicks.ToString(CultureInfo.InvariantCulture),
            before?.Name ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NameBytes)),
            EntryOf(user),
            .. (before?.Accounts ?? [])
                .Where(entry => !entry.StartsWith(user.Id, StringComparison.Ordinal))
                .Take(MostAccounts - 1),
        ];
        var cookie = new CookieBuilder();
        cookies.Value.Apply(cookie, CookieNames.Device, SameSiteMode.Strict);
        cookie.Expiration = options.Value.DeviceLifetime;
        context.Response.Cookies.Append(
            cookie.Name!,
            protector.Protect(string.Join(Separator, parts)),
            cookie.Build(context, now)
        );
    }

    // With the stamp: who signed in with a password that was changed since is a stranger.
    private static string EntryOf(ApplicationUser user) =>
        $"{user.Id}.{Convert.ToHexString(user.HashStamp().AsSpan(0, StampBytes))}";

    private (string Name, IReadOnlyList<string> Accounts)? Read()
    {
        if (
            contexts.HttpContext?.Request.Cookies[cookies.Value.NameOf(CookieNames.Device)]
            is not { } text
        )
        {
            return null;
        }

        try
        {
            return
                protector.Unprotect(text).Split(Separator) is [var end, var name, .. var accounts]
                && long.TryParse(end, CultureInfo.InvariantCulture, out var ticks)
                && ticks > time.GetUtcNow().UtcTicks
                ? (name, accounts)
                : null;
        }
        catch (CryptographicException)
        {
            // Forged, or of a key ring that is gone: a browser that nobody knows.
            return null;
        }
    }
}
