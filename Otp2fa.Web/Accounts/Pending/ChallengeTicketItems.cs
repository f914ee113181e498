using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts.Pending;

/// <summary>How a challenge stands in the items of a pending ticket. The ticket lives on the server, never in the cookie.</summary>
internal static class ChallengeTicketItems
{
    private const string ChallengeId = "otp2fa.challenge";
    private const string Purpose = "otp2fa.purpose";
    private const string PinId = "otp2fa.pinId";
    private const string Attempt = "otp2fa.attempt";
    private const string Refusal = "otp2fa.refusal";

    public static void Write(this AuthenticationProperties properties, ChallengeStart start)
    {
        properties.Items.Remove(Refusal);
        if (start.Ticket is { } ticket)
        {
            properties.Items[ChallengeId] = ticket.ChallengeId.ToString(
                CultureInfo.InvariantCulture
            );
            properties.Items[Purpose] = ticket.Purpose.ToString();
            properties.Items[PinId] = ticket.PinId;
            properties.Items[Attempt] = ticket.Attempt;
        }
        else
        {
            properties.Items[Refusal] = start.Refusal?.ToString();
        }
    }

    public static ChallengeTicket? ReadTicket(this AuthenticationProperties properties) =>
        long.TryParse(properties.Items.Get(ChallengeId), CultureInfo.InvariantCulture, out var id)
        && Enum.TryParse<ChallengePurpose>(properties.Items.Get(Purpose), out var purpose)
        && properties.Items.Get(PinId) is { } pinId
        && properties.Items.Get(Attempt) is { } attempt
            ? new ChallengeTicket(id, purpose, pinId, attempt)
            : null;

    public static SendRefusal? ReadRefusal(this AuthenticationProperties properties) =>
        Enum.TryParse<SendRefusal>(properties.Items.Get(Refusal), out var refusal) ? refusal : null;

    private static string? Get(this IDictionary<string, string?> items, string key) =>
        items.TryGetValue(key, out var value) ? value : null;
}
