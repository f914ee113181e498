using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>What was given in a session, and when.</summary>
/// <param name="Factor">What the sign-in was finished with; null where a session goes on.</param>
/// <param name="MultiFactor">A second factor was given.</param>
/// <param name="PasswordUtc">When the password was typed again inside the session; null if never.</param>
/// <param name="FactorUtc">When a second factor was last given; null if never.</param>
/// <param name="RememberedBrowserId">The remembered browser that stood in for one; null if none did.</param>
internal sealed record SessionProofs(
    Factor? Factor,
    bool MultiFactor,
    DateTimeOffset? PasswordUtc,
    DateTimeOffset? FactorUtc,
    long? RememberedBrowserId = null
)
{
    /// <summary>A sign-in with the password alone.</summary>
    public static SessionProofs OfPassword { get; } =
        new(Data.Factor.Password, MultiFactor: false, null, null);

    /// <summary>A sign-in with the password, in a remembered browser.</summary>
    public static SessionProofs OfRememberedBrowser(long id) =>
        new(Data.Factor.RememberedBrowser, MultiFactor: false, null, null, id);

    /// <summary>A sign-in that gave a second factor just now.</summary>
    public static SessionProofs OfFactor(Factor factor, DateTimeOffset now) =>
        new(factor, MultiFactor: true, PasswordUtc: null, FactorUtc: now);

    public static SessionProofs Of(UserSession session) =>
        new(null, session.MultiFactor, session.PasswordUtc, session.FactorUtc);
}
