namespace Otp2fa.Web.Data;

/// <summary>
/// One line of an account's security history, written in the transaction of what it records. Never a code, a key or more
/// of a number than its last digits.
/// </summary>
public sealed class SecurityEvent
{
    /// <summary>Grows with every entry, so the newest first is the highest first.</summary>
    public long Id { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset AtUtc { get; init; }

    public required SecurityEventKind Kind { get; init; }

    public Factor? Factor { get; init; }

    /// <summary>What else there is to say, at most 200 characters: the end of a number, an operator's reason.</summary>
    public string? Detail { get; init; }

    /// <summary>What the browser called itself, in words from our own list; null if there was none.</summary>
    public string? Browser { get; init; }

    /// <summary>The network the request came from (/24 or /48), never the whole address; null if there was none.</summary>
    public string? Network { get; init; }
}
