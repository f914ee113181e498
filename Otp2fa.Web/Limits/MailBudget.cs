using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Mails that anybody can cause without signing in (L16): to one mailbox, whether it has an account or not, and from one
/// client address. Over the limit no mail goes; nobody is locked out by it.
/// </summary>
internal sealed class MailBudget(
    LimitLedger ledger,
    KeyedHash keyedHash,
    IOptions<LimitsOptions> settings
)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly LimitsOptions options = settings.Value;

    /// <summary>Writes the mail down, if there is room.</summary>
    /// <param name="mailbox">The address as accounts are found by it.</param>
    /// <param name="address">Where the request came from; null if nobody knows.</param>
    /// <returns>Whether it may go.</returns>
    public async Task<bool> TryReserveAsync(string mailbox, string? address)
    {
        List<LimitCharge> charges =
        [
            new(
                LimitRule.MailboxAsks,
                keyedHash.Compute("limit mailbox", mailbox),
                [new(options.MailsPerMailboxAndHour, Hour)]
            ),
        ];
        if (address is not null)
        {
            charges.Add(
                new LimitCharge(
                    LimitRule.AddressMailAsks,
                    keyedHash.Compute("limit address", address),
                    [new(options.MailsPerAddressAndHour, Hour)]
                )
            );
        }

        return (await ledger.TryChargeAsync(charges, [])).Refusal is null;
    }
}
