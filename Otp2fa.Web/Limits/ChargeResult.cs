using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <param name="Refusals">Empty if there was room.</param>
/// <param name="Uses">What was written down; nothing on a refusal.</param>
/// <param name="Levels">How full the windows of the site and the country are.</param>
internal sealed record ChargeResult(
    IReadOnlyList<LimitRefusal> Refusals,
    IReadOnlyList<LimitUse> Uses,
    IReadOnlyList<BudgetLevel> Levels
)
{
    /// <summary>The one that lasts longest; null if there was room.</summary>
    public LimitRefusal? Refusal => Refusals.MaxBy(refusal => refusal.Until);
}
