using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>A guess that was written down and may be made.</summary>
internal sealed record GuessReservation(IReadOnlyList<LimitUse> Uses);

/// <param name="IsTooQuick">It follows the one before faster than anybody types (L6); otherwise too many were wrong (L5).</param>
/// <param name="Until">When the next may be made.</param>
internal sealed record GuessLimited(bool IsTooQuick, DateTimeOffset Until);
