using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>A send that was written down and may go out.</summary>
internal sealed record SendReservation(IReadOnlyList<LimitUse> Uses);
