using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;
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
    Otp2faUserManager users,
    IOptions<AccountsOptions> options,
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
    /// Sets the hash of a password that was chosen by a mailed link, which proves the address too. All sessions end. A lock
    /// after wrong passwords ends, since the password they were guesses at is gone; one that an operator set stays.
    /// </summary>
    /// <param name="user">As loaded in this request.</param>
    /// <param name="hash">Of the new password.</param>
    /// <param name="link">By which it was chosen. Its address becomes the account's, if it is a former one.</param>
    public async Task<AddressChange> ResetPasswordAsync(
        ApplicationUser user,
        string hash,
        LinkTarget link
    )
    {
        var now = time.GetUtcNow();
        var longestLock = now + options.Value.LockoutTime;
        var former = link.FormerAddressId;
        var isGivenBack = users.NormalizeEmail(link.Address) != user.NormalizedEmail;
        return await TryAddressAsync(async () =>
        {
            await using var transaction = await db.JoinTransactionAsync(user.Id);
            var happened = await change.MakeAsync(
                user,
                u =>
                    former == null
                    || db.FormerAddresses.Any(a => a.Id == former && a.UserId == u.Id),
                set =>
                    SetAddress(set, link.Address)
                        .SetProperty(u => u.PasswordHash, hash)
                        .SetProperty(u => u.AccessFailedCount, 0)
                        .SetProperty(
                            u => u.LockoutEnd,
                            u => u.LockoutEnd > longestLock ? u.LockoutEnd : null
                        ),
                isGivenBack
                    ? [SecurityEventKind.EmailChanged, SecurityEventKind.PasswordReset]
                    : [SecurityEventKind.PasswordReset],
                keepsSession: false
            );
            if (happened is null)
            {
                return AddressChange.ChangedElsewhere;
            }

            if (former is not null)
            {
                // What came after it was not the owner's doing, and gives nobody a say.
                await db
                    .FormerAddresses.Where(a => a.UserId == user.Id && a.Id >= former)
                    .ExecuteDeleteAsync();
            }

            await transaction.CommitAsync();
            logger.PasswordReset(user.Id);
            return AddressChange.Done;
        });
    }

    /// <summary>
    /// Gives the account a proved address, which is the name to sign in with. The old one is told, and has a say for a while.
    /// </summary>
    public Task<AddressChange> ChangeEmailAsync(ApplicationUser user, string address) =>
        TryAddressAsync(async () =>
        {
            await using var transaction = await db.JoinTransactionAsync(user.Id);
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
            (user.Email, user.UserName, user.EmailConfirmed) = (address, address, true);
            (user.NormalizedEmail, user.NormalizedUserName) = (
                users.NormalizeEmail(address),
                users.NormalizeName(address)
            );
            logger.EmailChanged(user.Id);
            return AddressChange.Done;
        });

    /// <summary>
    /// Somebody else was at the account: everything that opens it ends, the second factor excepted, and the way back is
    /// mailed to who said so.
    /// </summary>
    /// <param name="user">As loaded in this request.</param>
    /// <param name="hash">Of a password that nobody knows.</param>
    /// <param name="link">By which it was said.</param>
    /// <returns>False if the account was changed elsewhere since it was loaded; then nothing was done.</returns>
    public async Task<bool> DisownAsync(ApplicationUser user, string hash, LinkTarget link)
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var happened = await change.MakeAsync(
            user,
            u => true,
            set => set.SetProperty(u => u.PasswordHash, hash),
            [SecurityEventKind.ReportedAsForeign],
            keepsSession: false
        );
        if (happened is null)
        {
            return false;
        }

        await outbox.AddAsync(
            MailKind.WayBack,
            link.Address,
            user.Id,
            tokens.LifetimeOf(LinkPurpose.ResetPassword),
            formerAddressId: link.FormerAddressId
        );
        if (link.FormerAddressId is not null)
        {
            await notices.TellCurrentAsync(happened);
        }

        await transaction.CommitAsync();
        logger.ReportedAsForeign(user.Id);
        return true;
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
