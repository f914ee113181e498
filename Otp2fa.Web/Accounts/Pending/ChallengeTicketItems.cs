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
    private const string Until = "otp2fa.until";
    private const string Stamp = "otp2fa.stamp";

    /// <summary>Ties the ticket to the account as it is now; only a hash of the security stamp is kept.</summary>
    public static void BindTo(this AuthenticationProperties properties, ApplicationUser user) =>
        properties.Items[Stamp] = Convert.ToHexString(user.HashStamp());

    /// <summary>Whether password, number and factors of the account are still those the ticket was opened with.</summary>
    public static bool IsBoundTo(this AuthenticationProperties properties, ApplicationUser user) =>
        properties.Items.Get(Stamp) == Convert.ToHexString(user.HashStamp());

    public static void Write(this AuthenticationProperties properties, ChallengeStart start)
    {
        properties.Items.Remove(Refusal);
        properties.Items.Remove(Until);
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
            properties.Items[Refusal] = start.Denial?.Reason.ToString();
            properties.Items[Until] = start.Denial?.Until?.UtcTicks.ToString(
                CultureInfo.InvariantCulture
            );
        }
    }

    public static ChallengeTicket? ReadTicket(this AuthenticationProperties properties) =>
        long.TryParse(properties.Items.Get(ChallengeId), CultureInfo.InvariantCulture, out var id)
        && Enum.TryParse<ChallengePurpose>(properties.Items.Get(Purpose), out var purpose)
        && properties.Items.Get(PinId) is { } pinId
        && properties.Items.Get(Attempt) is { } attempt
            ? new ChallengeTicket(id, purpose, pinId, attempt)
            : null;

    public static SendDenial? ReadDenial(this AuthenticationProperties properties) =>
        Enum.TryParse<SendRefusal>(properties.Items.Get(Refusal), out var refusal)
            ? new SendDenial(
                refusal,
                long.TryParse(
                    properties.Items.Get(Until),
                    CultureInfo.InvariantCulture,
                    out var ticks
                )
                    ? new DateTimeOffset(ticks, TimeSpan.Zero)
                    : null
            )
            : null;

    private static string? Get(this IDictionary<string, string?> items, string key) =>
        items.TryGetValue(key, out var value) ? value : null;
}
