namespace Otp2fa.Web.Data;

/// <summary>
/// A signed-in browser. The application cookie carries a random key; without this row the cookie is dead, on
/// every instance at once (ASVS 7.4.1).
/// </summary>
public sealed class UserSession
{
    /// <summary>Stays the same while the key is renewed, so that a sign-out always finds the row. Shown to nobody.</summary>
    public long Id { get; init; }

    /// <summary>SHA-256 of the 32 random bytes in the cookie's <c>sid</c> claim.</summary>
    public required byte[] KeyHash { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Absolute end; renewing the key does not move it.</summary>
    public required DateTimeOffset ExpiresUtc { get; init; }

    /// <summary>The last request, to the minute; the session ends when there was none for so long.</summary>
    public required DateTimeOffset LastSeenUtc { get; init; }

    /// <summary>What the browser calls itself, in words from our own list.</summary>
    public required string Browser { get; init; }

    /// <summary>True if a second factor was given: without it an account with 2FA on is not let in by this row.</summary>
    public required bool MultiFactor { get; init; }

    /// <summary>
    /// The remembered browser that stood in for a second factor at the sign-in; as long as that is remembered, this row lets
    /// an account with 2FA on in. Null if there was none.
    /// </summary>
    public long? RememberedBrowserId { get; init; }

    /// <summary>When the password was last typed again inside this session (not at sign-in); null if never.</summary>
    public DateTimeOffset? PasswordUtc { get; init; }

    /// <summary>When a second factor was last given in this session; null if never.</summary>
    public DateTimeOffset? FactorUtc { get; init; }
}
