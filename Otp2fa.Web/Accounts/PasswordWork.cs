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
    private static readonly ApplicationUser Nobody = new();

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
        decoy = new Lazy<string>(() => hasher.HashPassword(Nobody, Guid.NewGuid().ToString()));
    }

    /// <exception cref="SiteBusyException">As many wait already as may.</exception>
    public Task<string> HashAsync(ApplicationUser user, string password) =>
        RunAsync(() => hasher.HashPassword(user, password));

    /// <inheritdoc cref="HashAsync"/>
    public Task<PasswordVerificationResult> VerifyAsync(
        ApplicationUser user,
        string hash,
        string password
    ) => RunAsync(() => hasher.VerifyHashedPassword(user, hash, password));

    /// <summary>
    /// Spends the time of a real check where there is nothing to check, so that the answer takes as long as any other's (F12).
    /// </summary>
    /// <inheritdoc cref="HashAsync"/>
    public Task SpendAsync(string password) => VerifyAsync(Nobody, decoy.Value, password);

    public void Dispose() => turns.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work)
    {
        using var turn = await turns.AcquireAsync();
        return turn.IsAcquired ? await Task.Run(work) : throw new SiteBusyException();
    }
}
