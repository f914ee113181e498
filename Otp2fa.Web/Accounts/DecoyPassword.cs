using Microsoft.AspNetCore.Identity;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <summary>A password hash of nobody, to spend the time of a real check where there is no account to check (F12).</summary>
internal sealed class DecoyPassword(IPasswordHasher<ApplicationUser> hasher)
{
    private static readonly ApplicationUser Nobody = new();

    private readonly Lazy<string> hash = new(() =>
        hasher.HashPassword(Nobody, Guid.NewGuid().ToString())
    );

    public void Verify(string password) =>
        hasher.VerifyHashedPassword(Nobody, hash.Value, password);
}
