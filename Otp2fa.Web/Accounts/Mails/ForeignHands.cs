using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts.Mails;

/// <summary>
/// The owner's word, by the link of a notice, that somebody else was at the account: all sessions, remembered browsers and
/// the password end, and a way to choose a new one is mailed to the address that was told. That is the account's address, or
/// the one it had before an address change, which is undone.
/// </summary>
internal sealed class ForeignHands(
    Otp2faDbContext db,
    LinkTokens tokens,
    Otp2faUserManager users,
    PasswordWork work,
    Otp2faSignInManager signIn,
    CurrentSession session,
    AccessChanges changes,
    IOptions<MailOptions> mail,
    TimeProvider time
)
{
    // Each try is lost to another change in the same milliseconds.
    private const int Tries = 5;

    /// <param name="code">Of the link.</param>
    public async Task<ForeignHandsResult> EndAsync(string? code)
    {
        for (var tries = 1; tries <= Tries; tries++)
        {
            if (await tokens.FindAsync(LinkPurpose.NotMe, code) is not { } target)
            {
                return ForeignHandsResult.DeadLink;
            }

            if (await FindAnswerAsync(target) is { } answer)
            {
                return answer;
            }

            if (await TryEndAsync(target) is not { } result)
            {
                continue;
            }

            if (session.Row?.UserId == target.User.Id)
            {
                await signIn.SignOutAsync();
            }

            return result;
        }

        throw new InvalidOperationException(
            "The account changes faster than its owner's word can be kept."
        );
    }

    /// <returns>Null if there is something to end.</returns>
    private async Task<ForeignHandsResult?> FindAnswerAsync(LinkTarget target)
    {
        // Neither a new password nor another word can end the say of a former address: both could be the taker's.
        if (target.FormerAddressId is { } former && await IsLiveAsync(former, target))
        {
            return null;
        }

        var last = await db
            .SecurityEvents.Where(e =>
                e.UserId == target.User.Id
                && e.AtUtc >= target.IssuedUtc
                && (
                    e.Kind == SecurityEventKind.ReportedAsForeign
                    || e.Kind == SecurityEventKind.PasswordReset
                )
            )
            .OrderByDescending(e => e.Id)
            .Select(e => (SecurityEventKind?)e.Kind)
            .FirstOrDefaultAsync();
        var isOwn = users.NormalizeEmail(target.Address) == target.User.NormalizedEmail;
        return (last, isOwn) switch
        {
            // The way back is on its way: a second click must not make that link useless.
            (SecurityEventKind.ReportedAsForeign, true) => ForeignHandsResult.Done,
            (null, true) when target.FormerAddressId is null => null,
            _ => ForeignHandsResult.DeadLink,
        };
    }

    private Task<bool> IsLiveAsync(long former, LinkTarget target)
    {
        var now = time.GetUtcNow();
        return db.FormerAddresses.AnyAsync(a =>
            a.Id == former && a.UserId == target.User.Id && a.ExpiresUtc > now
        );
    }

    /// <returns>Null if the account was changed elsewhere meanwhile.</returns>
    private async Task<ForeignHandsResult?> TryEndAsync(LinkTarget target)
    {
        // A password that nobody knows, and not none: its check takes as long as any other's.
        var hash = mail.Value.Disabled
            ? null
            : await work.HashAsync(
                target.User,
                Convert.ToHexString(RandomNumberGenerator.GetBytes(32))
            );
        return await changes.DisownAsync(target.User, hash, target) switch
        {
            AddressChange.Done when hash is null => ForeignHandsResult.SessionsEnded,
            AddressChange.Done => ForeignHandsResult.Done,
            AddressChange.AddressTaken => ForeignHandsResult.AddressTaken,
            AddressChange.ChangedElsewhere => null,
        };
    }
}
