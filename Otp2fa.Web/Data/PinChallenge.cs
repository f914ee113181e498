namespace Otp2fa.Web.Data;

/// <summary>
/// One PIN asked of Infobip: whom it belongs to, what it is bound to, and every count and state that two requests can
/// race on. Counts and states change by conditional UPDATE only. The PIN itself is never known here, and the pinId is
/// kept as a keyed hash: the pinId in clear stands in the pending ticket alone.
/// </summary>
public sealed class PinChallenge
{
    /// <summary>Grows with every challenge: of two live ones of a user and purpose the higher supersedes the lower.</summary>
    public long Id { get; init; }

    public required string UserId { get; init; }

    public required ChallengePurpose Purpose { get; init; }

    /// <summary>Keyed hash of the E.164 number the PIN was sent to: a number changed after the send fails the match.</summary>
    public required byte[] PhoneHash { get; init; }

    /// <summary>Country of the number (ISO 3166-1 alpha-2; 001 and ZZ for none), for the watch on unanswered codes.</summary>
    public required string Country { get; init; }

    /// <summary>Hash of the user's security stamp at the send: a password or factor change ends the challenge.</summary>
    public required byte[] StampHash { get; init; }

    /// <summary>SHA-256 of the 32 random bytes drawn at this very attempt and kept in its ticket.</summary>
    public required byte[] AttemptHash { get; init; }

    /// <summary>Keyed hash of Infobip's pinId; null until Infobip accepted the message.</summary>
    public byte[]? PinIdHash { get; init; }

    public required DateTimeOffset IssuedUtc { get; init; }

    /// <summary>Absolute: neither a wrong PIN nor a resend moves it. Infobip no longer knowing the PIN brings it forward.</summary>
    public required DateTimeOffset ExpiresUtc { get; init; }

    /// <summary>
    /// Attempts reserved so far, before Infobip is asked; given back only if it was not asked.
    /// </summary>
    public int Attempts { get; init; }

    /// <summary>As many typed codes are taken; none once Infobip takes no more.</summary>
    public required int MaxAttempts { get; init; }

    /// <summary>
    /// Times the PIN was sent or asked for once more, reserved before Infobip is asked; given back only if it was not asked.
    /// </summary>
    public int SendCount { get; init; }

    public DateTimeOffset? ConsumedUtc { get; init; }

    /// <summary>The newer challenge of the same user and purpose, if any.</summary>
    public long? SupersededById { get; init; }
}
