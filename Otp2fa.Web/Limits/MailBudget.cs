using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Mails that people cause (L16): to one mailbox, whether it has an account or not, and from one client address. Over the limit
/// no mail goes; nobody is locked out by it.
/// </summary>
internal sealed class MailBudget(
    LimitLedger ledger,
    KeyedHash keyedHash,
    IOptions<LimitsOptions> settings
)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly LimitsOptions options = settings.Value;

    /// <summary>A link to choose a new password. Counted apart, so that nothing else can use it up.</summary>
    /// <param name="mailbox">The address as accounts are found by it.</param>
    /// <param name="address">Where the request came from; null if nobody knows.</param>
    /// <returns>Whether it may go.</returns>
    public Task<bool> TryReserveResetAsync(string mailbox, string? address) =>
        TryReserveAsync(LimitRule.MailboxResets, mailbox, address);

    /// <summary>Any other mail that a person who is not signed in asks for.</summary>
    /// <inheritdoc cref="TryReserveResetAsync"/>
    public Task<bool> TryReserveAsync(string mailbox, string? address) =>
        TryReserveAsync(LimitRule.MailboxAsks, mailbox, address);

    /// <summary>A mail that a person asks for who is signed in; strangers cannot use that up.</summary>
    /// <returns>Whether it may go.</returns>
    public Task<bool> TryReserveAsync(ApplicationUser user) =>
        TryReserveAsync(LimitRule.AccountMailAsks, user.Id, address: null);

    /// <summary>An account that is registered from a client address.</summary>
    /// <param name="address">Where the request came from; null if nobody knows.</param>
    /// <returns>Whether it may be.</returns>
    public async Task<bool> TryReserveRegistrationAsync(string? address) =>
        address is null
        || (
            await ledger.TryChargeAsync(
                [
                    new LimitCharge(
                        LimitRule.AddressRegistrations,
                        keyedHash.Compute("limit address", address),
                        [new(options.RegistrationsPerAddressAndHour, Hour)]
                    ),
                ],
                []
            )
        ).Refusal
            is null;

    private async Task<bool> TryReserveAsync(LimitRule rule, string key, string? address)
    {
        List<LimitCharge> charges =
        [
            new(
                rule,
                keyedHash.Compute("limit mailbox", key),
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
