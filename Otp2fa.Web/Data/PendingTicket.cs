namespace Otp2fa.Web.Data;

/// <summary>
/// The server-side half of a pending cookie (the step between password and code, or between a new number and its
/// code). The browser holds a random key; this row holds its hash and the protected ticket.
/// </summary>
public sealed class PendingTicket
{
    /// <summary>SHA-256 of the 32 random bytes in the cookie (ASVS 7.2.3).</summary>
    public required byte[] KeyHash { get; init; }

    public required string Scheme { get; init; }

    public string? UserId { get; init; }

    public required byte[] Payload { get; init; }

    public required DateTimeOffset ExpiresUtc { get; init; }
}
