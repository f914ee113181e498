namespace Otp2fa.Web.Data;

/// <summary>
/// One recovery code of an account, as a keyed hash: 100 random bits need no slow hash, and the key keeps a copy of the
/// database from being tried out at all (ASVS 6.5.2, NIST SP 800-63B-4 3.1.2).
/// </summary>
public sealed class RecoveryCode
{
    public long Id { get; init; }

    public required string UserId { get; init; }

    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>When it opened the account; a code opens it once.</summary>
    public DateTimeOffset? UsedUtc { get; init; }

    /// <summary>The person said to have kept it.</summary>
    public bool IsAcknowledged { get; init; }
}
