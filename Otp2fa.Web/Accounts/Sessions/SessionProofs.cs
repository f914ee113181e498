using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>What was given in a session, and when.</summary>
/// <param name="MultiFactor">A second factor was given.</param>
/// <param name="PasswordUtc">When the password was typed again inside the session; null if never.</param>
/// <param name="FactorUtc">When a second factor was last given; null if never.</param>
internal sealed record SessionProofs(
    bool MultiFactor,
    DateTimeOffset? PasswordUtc,
    DateTimeOffset? FactorUtc
)
{
    /// <summary>A sign-in with the password alone.</summary>
    public static SessionProofs OfPassword { get; } = new(MultiFactor: false, null, null);

    /// <summary>A sign-in that gave a second factor just now.</summary>
    public static SessionProofs OfFactor(DateTimeOffset now) =>
        new(MultiFactor: true, PasswordUtc: null, FactorUtc: now);

    public static SessionProofs Of(UserSession session) =>
        new(session.MultiFactor, session.PasswordUtc, session.FactorUtc);
}
