using Microsoft.AspNetCore.Identity;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <summary>The turn of a request at hashing passwords, from <see cref="PasswordWork.EnterAsync"/>. To be given back soon.</summary>
internal sealed class PasswordTurn(
    IPasswordHasher<ApplicationUser> hasher,
    Func<string> decoy,
    IDisposable lease
) : IDisposable
{
    private static readonly ApplicationUser Nobody = new();

    public Task<string> HashAsync(ApplicationUser user, string password) =>
        Task.Run(() => hasher.HashPassword(user, password));

    public Task<PasswordVerificationResult> VerifyAsync(
        ApplicationUser user,
        string hash,
        string password
    ) => Task.Run(() => hasher.VerifyHashedPassword(user, hash, password));

    /// <summary>
    /// Spends the time of a real check where there is nothing to check, so that the answer takes as long as any other's (F12).
    /// </summary>
    public Task SpendAsync(string password) =>
        Task.Run(() => hasher.VerifyHashedPassword(Nobody, decoy(), password));

    public void Dispose() => lease.Dispose();
}
