using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>One use that is wanted of one key of one rule.</summary>
/// <param name="Rule">Which limit.</param>
/// <param name="KeyHash">Whose.</param>
/// <param name="Windows">All must have room.</param>
internal sealed record LimitCharge(
    LimitRule Rule,
    byte[] KeyHash,
    IReadOnlyList<LimitWindow> Windows
)
{
    /// <summary>
    /// How long after the newest use the next must wait, by how many of the newest are unanswered; the last holds for all
    /// beyond.
    /// </summary>
    public IReadOnlyList<TimeSpan> Waits { get; init; } = [];

    /// <summary>How long after the newest use the next must wait, answered, returned or not.</summary>
    public TimeSpan Spacing { get; init; }

    /// <summary>Of things of which only distinct ones count, which one; the same again in a window is no use.</summary>
    public byte[]? ItemHash { get; init; }

    public TimeSpan Longest => Windows.Max(window => window.Length);
}
