using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// The owner's word, by the link of a notice, that somebody else was at the account: all sessions, remembered browsers and
/// the password end, and a way to choose a new one is mailed to the address that was told. That is the account's address, or
/// the one it had before an address change that is being undone.
/// </summary>
internal sealed class ForeignHands(
    Otp2faDbContext db,
    LinkTokens tokens,
    Otp2faUserManager users,
    Otp2faSignInManager signIn,
    CurrentSession session,
    AccessChanges changes,
    TimeProvider time
)
{
    // Each try is lost to another change in the same milliseconds.
    private const int Tries = 5;

    /// <returns>False if the link does not work (any more).</returns>
    public async Task<bool> EndAsync(string? code)
    {
        for (var tries = 1; tries <= Tries; tries++)
        {
            if (await FindAsync(code) is not { } target)
            {
                return false;
            }

            // A password that nobody knows, and not none: its check takes as long as any other's.
            var hash = users.PasswordHasher.HashPassword(
                target.User,
                Convert.ToHexString(RandomNumberGenerator.GetBytes(32))
            );
            if (await changes.DisownAsync(target.User, hash, target))
            {
                if (session.Row?.UserId == target.User.Id)
                {
                    await signIn.SignOutAsync();
                }

                return true;
            }
        }

        throw new InvalidOperationException(
            "The account changes faster than its owner's word can be kept."
        );
    }

    private async Task<LinkTarget?> FindAsync(string? code)
    {
        if (await tokens.FindAsync(LinkPurpose.NotMe, code) is not { } target)
        {
            return null;
        }

        var now = time.GetUtcNow();
        // An address that is not the account's any more has a say about the change that took it away, and nothing else.
        var hasSay = target.FormerAddressId is { } former
            ? await db.FormerAddresses.AnyAsync(a =>
                a.Id == former && a.UserId == target.User.Id && a.ExpiresUtc > now
            )
            : users.NormalizeEmail(target.Address) == target.User.NormalizedEmail;
        return hasSay ? target : null;
    }
}
