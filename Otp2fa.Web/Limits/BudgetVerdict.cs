using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <param name="Refusal">Null if there is room.</param>
/// <param name="Use">What to write down then.</param>
/// <param name="Levels">How full each window is, this use included.</param>
internal sealed record BudgetVerdict(
    LimitRefusal? Refusal,
    LimitUse Use,
    IReadOnlyList<BudgetLevel> Levels
);

/// <param name="Rule">Which limit.</param>
/// <param name="Name">Which window of it, for the log.</param>
/// <param name="Filled">How much of it is used.</param>
/// <param name="Most">How much there is.</param>
/// <param name="Until">When the oldest use leaves the window.</param>
internal sealed record BudgetLevel(
    LimitRule Rule,
    string Name,
    long Filled,
    long Most,
    DateTimeOffset Until
);
