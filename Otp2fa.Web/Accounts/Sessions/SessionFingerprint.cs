using System.Security.Claims;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>Tells the requests of one session from those of another, in a log that must not hold what opens it.</summary>
internal sealed class SessionFingerprint(KeyedHash keyedHash)
{
    private const int Characters = 16;

    /// <returns>Null without a session.</returns>
    public string? Of(ClaimsPrincipal? principal) =>
        principal?.FindFirstValue(SessionClaims.SessionId) is { } session
            ? Convert.ToHexString(keyedHash.Compute("audit session", session))[..Characters]
            : null;
}
