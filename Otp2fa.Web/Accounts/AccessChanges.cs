using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Otp2fa.Web.Accounts.Mails;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;

namespace Otp2fa.Web.Accounts;

/// <summary>The changes of an account's name and password, each a <see cref="StampedChange"/>.</summary>
internal sealed class AccessChanges(
    Otp2faDbContext db,
    StampedChange change,
    Notices notices,
    Outbox outbox,
    LinkTokens tokens,
    PasswordAttempts attempts,
    Otp2faUserManager users,
    TimeProvider time,
    ILogger<AccessChanges> logger
)
{
    /// <summary>Sets the hash of a new password, for the person of the current session.</summary>
    /// <param name="user">As loaded in this request.</param>
    /// <param name="hash">Of the new password.</param>
    /// <returns>False if the account was changed elsewhere since it was loaded; then nothing was done.</returns>
    public async Task<bool> SetPasswordAsync(ApplicationUser user, string hash)
    {
        if (
            !await change.TryAsync(
                user,
                u => true,
                set => set.SetProperty(u => u.PasswordHash, hash),
                [SecurityEventKind.PasswordChanged]
            )
        )
        {
            return false;
        }

        user.PasswordHash = hash;
        logger.PasswordChanged(user.Id);
        return true;
    }

    /// <summary>
    /// Sets the hash of a password that was chosen by a mailed link, which proves the address too. All sessions end. Waits
    /// after wrong passwords end, since the password they were guesses at is gone; a lock that somebody set stays.
    /// </summary>
    /// <inheritdoc cref="SetPasswordAsync"/>
    public async Task<bool> ResetPasswordAsync(ApplicationUser user, string hash)
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var happened = await change.MakeAsync(
            user,
            u => true,
            set =>
                set.SetProperty(u => u.PasswordHash, hash).SetProperty(u => u.EmailConfirmed, true),
            [SecurityEventKind.PasswordReset],
            keepsSession: false
        );
        if (happened is null)
        {
            return false;
        }

        await attempts.ForgetAsync(user);
        await transaction.CommitAsync();
        logger.PasswordReset(user.Id);
        return true;
    }

    /// <summary>
    /// Gives the account a proved address, which is the name to sign in with. The old one is told, and has a say for a while.
    /// </summary>
    public Task<AddressChange> ChangeEmailAsync(ApplicationUser user, string address) =>
        TryAddressAsync(async () =>
        {
            await using var transaction = await db.JoinTransactionAsync(user.Id);
            await DisplaceUnconfirmedAsync(user, address);
            var happened = await change.MakeAsync(
                user,
                u => true,
                set => SetAddress(set, address),
                [SecurityEventKind.EmailChanged]
            );
            if (happened is null)
            {
                return AddressChange.ChangedElsewhere;
            }

            var former = new FormerAddress
            {
                UserId = user.Id,
                Address = user.Email!,
                ExpiresUtc = time.GetUtcNow() + tokens.LifetimeOf(LinkPurpose.NotMe),
            };
            await db.InsertAsync(former);
            await notices.TellFormerAsync(happened, former);
            await transaction.CommitAsync();
            Rename(user, address);
            logger.EmailChanged(user.Id);
            return AddressChange.Done;
        });

    /// <summary>
    /// Somebody else was at the account: everything that opens it ends, the second factor excepted, and the way back is
    /// mailed to who said so. A former address becomes the account's again at once: whoever holds the newer one must not be
    /// mailed a way in meanwhile. The changes after it were not the owner's, and give nobody a say. Where another account has
    /// that address, everything ends all the same, and nothing is mailed: of the address a person has to decide.
    /// </summary>
    /// <param name="user">As loaded in this request.</param>
    /// <param name="hash">Of a password that nobody knows; null leaves the password.</param>
    /// <param name="link">By which it was said.</param>
    public async Task<AddressChange> DisownAsync(
        ApplicationUser user,
        string? hash,
        LinkTarget link
    )
    {
        var result = await TryAddressAsync(() => EndAsync(user, hash, link, address: link.Address));
        return
            result == AddressChange.AddressTaken
            && await EndAsync(user, hash, link, address: null) != AddressChange.Done
            ? AddressChange.ChangedElsewhere
            : result;
    }

    /// <param name="user">As loaded in this request.</param>
    /// <param name="hash">Of a password that nobody knows; null leaves the password.</param>
    /// <param name="link">By which it was said.</param>
    /// <param name="address">The account's from now on, which the way back is mailed to; null if that cannot be.</param>
    private async Task<AddressChange> EndAsync(
        ApplicationUser user,
        string? hash,
        LinkTarget link,
        string? address
    )
    {
        var (former, taker) = (link.FormerAddressId, user.Email!);
        var isGivenBack = former is not null && address is not null;
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        if (isGivenBack)
        {
            await DisplaceUnconfirmedAsync(user, address!);
        }

        var happened = await change.MakeAsync(
            user,
            u => former == null || db.FormerAddresses.Any(a => a.Id == former && a.UserId == u.Id),
            set =>
            {
                if (hash is not null)
                {
                    set.SetProperty(u => u.PasswordHash, hash);
                }

                if (isGivenBack)
                {
                    SetAddress(set, address!);
                }
            },
            isGivenBack
                ? [SecurityEventKind.EmailChanged, SecurityEventKind.ReportedAsForeign]
                : [SecurityEventKind.ReportedAsForeign],
            keepsSession: false
        );
        if (happened is null)
        {
            return AddressChange.ChangedElsewhere;
        }

        if (isGivenBack)
        {
            await db
                .FormerAddresses.Where(a => a.UserId == user.Id && a.Id >= former)
                .ExecuteDeleteAsync();
            await notices.TellAsync(happened, taker);
        }

        if (address is not null)
        {
            await outbox.AddAsync(
                MailKind.WayBack,
                address,
                user.Id,
                tokens.LifetimeOf(LinkPurpose.ResetPassword)
            );
        }

        await transaction.CommitAsync();
        logger.ReportedAsForeign(user.Id);
        return AddressChange.Done;
    }

    /// <summary>
    /// Somebody registered an address again: if nobody confirmed it, whoever was first may have been a stranger, so that
    /// password goes, and with the stamp every link that would confirm it. The same statement, and nothing done, for an
    /// address that is confirmed, or whose password is gone already: no link opens that one to a stranger, and the owner's
    /// must not die under the owner's hands.
    /// </summary>
    /// <param name="normalizedEmail">As accounts are found by it.</param>
    public Task<int> DropUnconfirmedPasswordAsync(string normalizedEmail)
    {
        var stamp = StampedChange.NewStamp();
        return db
            .Users.Where(u =>
                u.NormalizedEmail == normalizedEmail && !u.EmailConfirmed && u.PasswordHash != null
            )
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.PasswordHash, (string?)null)
                    .SetProperty(u => u.SecurityStamp, stamp)
            );
    }

    /// <summary>Confirms the address that the account has; it opens nothing that was open before.</summary>
    /// <returns>False if it was confirmed or changed since the account was loaded.</returns>
    public async Task<bool> ConfirmAddressAsync(ApplicationUser user) =>
        await db
            .Users.Where(u =>
                u.Id == user.Id && u.SecurityStamp == user.SecurityStamp && !u.EmailConfirmed
            )
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.EmailConfirmed, true)) == 1;

    private UpdateSettersBuilder<ApplicationUser> SetAddress(
        UpdateSettersBuilder<ApplicationUser> set,
        string address
    )
    {
        var (normalizedEmail, normalizedName) = (
            users.NormalizeEmail(address),
            users.NormalizeName(address)
        );
        return set.SetProperty(u => u.Email, address)
            .SetProperty(u => u.NormalizedEmail, normalizedEmail)
            .SetProperty(u => u.UserName, address)
            .SetProperty(u => u.NormalizedUserName, normalizedName)
            .SetProperty(u => u.EmailConfirmed, true);
    }

    /// <summary>Whoever proves an address comes before an account that only claims it.</summary>
    private Task<int> DisplaceUnconfirmedAsync(ApplicationUser user, string address)
    {
        var normalized = users.NormalizeEmail(address);
        return db
            .Users.Where(u =>
                u.NormalizedEmail == normalized && !u.EmailConfirmed && u.Id != user.Id
            )
            .ExecuteDeleteAsync();
    }

    private void Rename(ApplicationUser user, string address)
    {
        (user.Email, user.UserName, user.EmailConfirmed) = (address, address, true);
        (user.NormalizedEmail, user.NormalizedUserName) = (
            users.NormalizeEmail(address),
            users.NormalizeName(address)
        );
    }

    private static async Task<AddressChange> TryAddressAsync(Func<Task<AddressChange>> change)
    {
        try
        {
            return await change();
        }
        catch (DbException exception) when (exception.IsUniqueViolation())
        {
            return AddressChange.AddressTaken;
        }
    }
}
