using Otp2fa.Web.Data;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>What else a person could give in a step-up, and where it leads.</summary>
internal sealed record OtherWays(
    IReadOnlyList<Factor> Factors,
    string? ReturnUrl,
    bool WithFactor = false
)
{
    public static OtherWays None { get; } = new([], null);
}
