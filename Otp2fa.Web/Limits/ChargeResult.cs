using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <param name="Refusal">Null if there was room.</param>
/// <param name="Uses">What was written down; nothing on a refusal.</param>
/// <param name="Levels">How full the windows of the site and the country are.</param>
internal sealed record ChargeResult(
    LimitRefusal? Refusal,
    IReadOnlyList<LimitUse> Uses,
    IReadOnlyList<BudgetLevel> Levels
);
