using Microsoft.AspNetCore.Authentication;

namespace Otp2fa.Web.Accounts.Pending;

/// <param name="Ticket">The ticket that was there; null if there was none, or its time was over.</param>
/// <param name="IsTakenElsewhere">Another request with the same cookie took it a moment ago.</param>
internal sealed record TakenTicket(AuthenticationTicket? Ticket, bool IsTakenElsewhere);
