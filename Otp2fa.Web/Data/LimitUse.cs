namespace Otp2fa.Web.Data;

/// <summary>
/// One use of a limit by one key. A use is never changed in what it counts for, except that it can be given back once;
/// two requests that saw the same uses want the same next number, and the primary key lets one of them have it.
/// </summary>
public sealed class LimitUse
{
    public required LimitRule Rule { get; init; }

    /// <summary>Keyed hash of whom or what is limited: an account, a number, a block, a country, the site.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>1, 2, 3 … per rule and key, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>Never before the use with the number below.</summary>
    public required DateTimeOffset UsedUtc { get; init; }

    /// <summary>When no window looks back to it any more.</summary>
    public required DateTimeOffset ExpiresUtc { get; init; }

    /// <summary>Keyed hash of what is distinct, where only distinct things count.</summary>
    public byte[]? ItemHash { get; init; }

    /// <summary>What it costs, in millionths of the currency of the price table.</summary>
    public long Cost { get; init; }

    /// <summary>What all uses of this key cost together, this one included.</summary>
    public long CostSoFar { get; init; }

    /// <summary>Of a send: a right code was typed since, so that nobody has to wait for the next one.</summary>
    public bool IsAnswered { get; init; }

    /// <summary>It turned out not to count: it keeps its number and its place, and no window sees it.</summary>
    public bool IsReturned { get; init; }
}
