using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// The changes of an account's second factors, each a <see cref="StampedChange"/>.
/// </summary>
internal sealed class AccountChanges(
    Otp2faDbContext db,
    StampedChange change,
    AppKeys appKeys,
    RecoveryCodes recoveryCodes,
    GuessBudget guesses,
    IOptions<LimitsOptions> limits,
    ILogger<AccountChanges> logger
)
{
    /// <summary>
    /// Makes a proved number the account's number, which takes one of the places that the number has for accounts.
    /// </summary>
    public async Task<NumberBinding> BindNumberAsync(ApplicationUser user, PhoneNumber number)
    {
        while (true)
        {
            var taken = await db
                .Users.Where(u =>
                    u.PhoneNumber == number.E164 && u.Id != user.Id && u.PhoneNumberConfirmed
                )
                .Select(u => u.PhoneNumberPlace)
                .ToListAsync();
            // Who proved it before there were places takes one all the same.
            var free = Enumerable
                .Range(1, limits.Value.AccountsPerNumber)
                .Where(candidate => !taken.Contains(candidate))
                .SkipLast(taken.Count(known => known is null))
                .ToList();
            if (free is not [var place, ..])
            {
                return NumberBinding.NumberTaken;
            }

            try
            {
                return await TakePlaceAsync(user, number, place)
                    ? NumberBinding.Bound
                    : NumberBinding.ChangedElsewhere;
            }
            catch (DbException exception) when (exception.IsUniqueViolation())
            {
                // Another account took that place at the same moment; there is one less.
            }
        }
    }

    /// <summary>Makes an app whose code was typed the account's app, in place of any before.</summary>
    /// <param name="user">As loaded in this request.</param>
    /// <param name="key">The app's key.</param>
    /// <param name="step">Of the code that was typed, which is not taken again.</param>
    /// <returns>False if the account was changed elsewhere since it was loaded; then nothing was done.</returns>
    public async Task<bool> BindAppAsync(ApplicationUser user, AppKey key, long step)
    {
        // Before the transaction: the key ring has a connection of its own, and may have to write.
        var stored = appKeys.Protect(user, key);
        if (
            !await change.TryAsync(
                user,
                u => true,
                set =>
                    set.SetProperty(u => u.AuthenticatorKey, stored)
                        .SetProperty(u => u.AuthenticatorStep, step)
                        .SetProperty(u => u.WrongAppCodesInARow, 0)
                        .SetProperty(u => u.TwoFactorEnabled, true)
                        // Another app in its place does not change what the person wanted first.
                        .SetProperty(
                            u => u.PreferredFactor,
                            u => u.AuthenticatorKey == null ? Factor.App : u.PreferredFactor
                        ),
                user.TwoFactorEnabled
                    ? [SecurityEventKind.AppAdded]
                    : [SecurityEventKind.AppAdded, SecurityEventKind.TwoFactorTurnedOn],
                Factor.App
            )
        )
        {
            return false;
        }

        user.PreferredFactor = user.HasApp() ? user.PreferredFactor : Factor.App;
        (user.AuthenticatorKey, user.AuthenticatorStep) = (stored, step);
        user.WrongAppCodesInARow = 0;
        user.TwoFactorEnabled = true;
        logger.AppAdded(user.Id);
        return true;
    }

    /// <summary>Takes the app away; without a number that codes can go to, two-factor authentication goes off with it.</summary>
    /// <inheritdoc cref="BindAppAsync"/>
    public async Task<bool> RemoveAppAsync(ApplicationUser user)
    {
        var staysOn = user.TwoFactorEnabled && user.GetProvedNumber() is not null;
        if (
            !await change.TryAsync(
                user,
                u => u.AuthenticatorKey != null,
                set => ForgetApp(set).SetProperty(u => u.TwoFactorEnabled, staysOn),
                Events(user, SecurityEventKind.AppRemoved, staysOn),
                Factor.App
            )
        )
        {
            return false;
        }

        (user.AuthenticatorKey, user.PreferredFactor) = (null, null);
        user.TwoFactorEnabled = staysOn;
        logger.AppRemoved(user.Id);
        return true;
    }

    /// <summary>Takes the number away; without an app, two-factor authentication goes off with it.</summary>
    /// <inheritdoc cref="BindAppAsync"/>
    public async Task<bool> RemoveNumberAsync(ApplicationUser user)
    {
        var staysOn = user.TwoFactorEnabled && user.HasApp();
        if (
            !await change.TryAsync(
                user,
                u => u.PhoneNumber != null,
                set => ForgetNumber(set).SetProperty(u => u.TwoFactorEnabled, staysOn),
                Events(user, SecurityEventKind.NumberRemoved, staysOn),
                Factor.Sms
            )
        )
        {
            return false;
        }

        (user.PhoneNumber, user.PhoneNumberConfirmed, user.PhoneNumberPlace) = (null, false, null);
        user.TwoFactorEnabled = staysOn;
        logger.NumberRemoved(user.Id);
        return true;
    }

    /// <summary>Turns two-factor authentication on (with a number or an app only) or off.</summary>
    /// <inheritdoc cref="BindAppAsync"/>
    public async Task<bool> SwitchTwoFactorAsync(ApplicationUser user, bool on)
    {
        if (
            !await change.TryAsync(
                user,
                u =>
                    u.TwoFactorEnabled != on
                    && (!on || u.PhoneNumberConfirmed || u.AuthenticatorKey != null),
                set => set.SetProperty(u => u.TwoFactorEnabled, on),
                [on ? SecurityEventKind.TwoFactorTurnedOn : SecurityEventKind.TwoFactorTurnedOff]
            )
        )
        {
            return false;
        }

        user.TwoFactorEnabled = on;
        if (on)
        {
            logger.TwoFactorOn(user.Id);
        }
        else
        {
            logger.TwoFactorOff(user.Id);
        }

        return true;
    }

    /// <summary>Which factor is asked for first opens nothing, so nothing else ends with it.</summary>
    /// <returns>False if the account does not have both.</returns>
    public async Task<bool> PreferAsync(ApplicationUser user, Factor factor) =>
        await db
            .Users.Where(u =>
                u.Id == user.Id
                && u.TwoFactorEnabled
                && u.PhoneNumberConfirmed
                && u.AuthenticatorKey != null
            )
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.PreferredFactor, factor)) == 1;

    /// <summary>
    /// An operator takes every second factor away from a person who has lost them all: number, app, recovery codes,
    /// remembered browsers; and all sessions end. The password alone opens the account then, whatever it was before.
    /// </summary>
    /// <param name="user">The account, as loaded.</param>
    /// <param name="reason">Why, for the history that its owner reads.</param>
    /// <returns>False if the account was changed elsewhere since it was loaded; then nothing was done.</returns>
    public async Task<bool> ResetAsync(ApplicationUser user, string reason)
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        if (
            !await change.TryAsync(
                user,
                u => true,
                set => ForgetApp(ForgetNumber(set)).SetProperty(u => u.TwoFactorEnabled, false),
                [SecurityEventKind.OperatorReset],
                detail: reason
            )
        )
        {
            return false;
        }

        await recoveryCodes.RemoveAsync(user);
        await guesses.ForgetAsync(user.Id);
        await transaction.CommitAsync();
        logger.TwoFactorReset(user.Id);
        return true;
    }

    private async Task<bool> TakePlaceAsync(ApplicationUser user, PhoneNumber number, int place)
    {
        if (
            !await change.TryAsync(
                user,
                u => true,
                set =>
                    set.SetProperty(u => u.PhoneNumber, number.E164)
                        .SetProperty(u => u.PhoneNumberConfirmed, true)
                        .SetProperty(u => u.PhoneNumberPlace, place)
                        .SetProperty(u => u.WrongCodesInARow, 0),
                [SecurityEventKind.NumberProved],
                Factor.Sms,
                number.ToString()
            )
        )
        {
            return false;
        }

        (user.PhoneNumber, user.PhoneNumberConfirmed) = (number.E164, true);
        (user.PhoneNumberPlace, user.WrongCodesInARow) = (place, 0);
        logger.NumberProved(user.Id, number.LastDigits);
        return true;
    }

    private static UpdateSettersBuilder<ApplicationUser> ForgetApp(
        UpdateSettersBuilder<ApplicationUser> set
    ) =>
        set.SetProperty(u => u.AuthenticatorKey, (byte[]?)null)
            .SetProperty(u => u.WrongAppCodesInARow, 0)
            .SetProperty(u => u.PreferredFactor, (Factor?)null);

    private static UpdateSettersBuilder<ApplicationUser> ForgetNumber(
        UpdateSettersBuilder<ApplicationUser> set
    ) =>
        set.SetProperty(u => u.PhoneNumber, (string?)null)
            .SetProperty(u => u.PhoneNumberConfirmed, false)
            .SetProperty(u => u.PhoneNumberPlace, (int?)null)
            .SetProperty(u => u.WrongCodesInARow, 0);

    private static SecurityEventKind[] Events(
        ApplicationUser user,
        SecurityEventKind kind,
        bool staysOn
    ) => user.TwoFactorEnabled && !staysOn ? [kind, SecurityEventKind.TwoFactorTurnedOff] : [kind];
}
