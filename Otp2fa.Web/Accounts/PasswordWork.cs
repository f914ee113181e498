using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Every password hash that the site computes. So many at once and no more (limit L3): a hash takes the processor for a tenth
/// of a second, and thousands that wait would take the site away from everybody.
/// </summary>
internal sealed class PasswordWork : IDisposable
{
    private readonly IPasswordHasher<ApplicationUser> hasher;
    private readonly ConcurrencyLimiter turns;
    private readonly Lazy<string> decoy;

    public PasswordWork(IPasswordHasher<ApplicationUser> hasher, IOptions<LimitsOptions> limits)
    {
        this.hasher = hasher;
        turns = new ConcurrencyLimiter(
            new ConcurrencyLimiterOptions
            {
                PermitLimit =
                    limits.Value.PasswordHashesAtOnce > 0
                        ? limits.Value.PasswordHashesAtOnce
                        : 2 * Environment.ProcessorCount,
                QueueLimit = limits.Value.PasswordHashesWaiting,
                QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            }
        );
        decoy = new Lazy<string>(() =>
            hasher.HashPassword(new ApplicationUser(), Guid.NewGuid().ToString())
        );
    }

    /// <summary>Waits for a turn, before anything else is done that would be in vain without one.</summary>
    /// <exception cref="SiteBusyException">As many wait already as may.</exception>
    public async Task<PasswordTurn> EnterAsync()
    {
        var lease = await turns.AcquireAsync();
        if (lease.IsAcquired)
        {
            return new PasswordTurn(hasher, () => decoy.Value, lease);
        }

        lease.Dispose();
        throw new SiteBusyException();
    }

    /// <summary>One hash in a turn of its own.</summary>
    /// <inheritdoc cref="EnterAsync"/>
    public async Task<string> HashAsync(ApplicationUser user, string password)
    {
        using var turn = await EnterAsync();
        return await turn.HashAsync(user, password);
    }

    public void Dispose() => turns.Dispose();
}
