using System.Data.Common;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Identity's user manager with two doors closed: a phone number is written in one place only, after it was proved
/// (threat T19), and a wrong code does not move the password's failure counter, which is for passwords alone.
/// </summary>
internal sealed class Otp2faUserManager(
    IUserStore<ApplicationUser> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<ApplicationUser> passwordHasher,
    IEnumerable<IUserValidator<ApplicationUser>> userValidators,
    IEnumerable<IPasswordValidator<ApplicationUser>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    PendingChallenge pending,
    Otp2faDbContext db,
    RecoveryCodes recoveryCodes,
    IOptions<LimitsOptions> limits,
    ILogger<Otp2faUserManager> logger
)
    : UserManager<ApplicationUser>(
        store,
        options,
        passwordHasher,
        userValidators,
        passwordValidators,
        normalizer,
        errors,
        services,
        logger
    )
{
    /// <summary>As Identity's, and a race for the same address is the ordinary "taken" answer instead of a fault.</summary>
    public override async Task<IdentityResult> CreateAsync(ApplicationUser user)
    {
        try
        {
            return await base.CreateAsync(user);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            db.Entry(user).State = EntityState.Detached;
            return IdentityResult.Failed(
                ErrorDescriber.DuplicateUserName(user.UserName ?? string.Empty)
            );
        }
    }

    /// <summary>
    /// As Identity's; a row that lost a race is read anew, so that no later save of this request tries to write the old one
    /// again.
    /// </summary>
    protected override async Task<IdentityResult> UpdateUserAsync(ApplicationUser user)
    {
        var result = await base.UpdateUserAsync(user);
        if (!result.Succeeded)
        {
            await db.Entry(user).ReloadAsync();
        }

        return result;
    }

    /// <summary>
    /// The person of the current session, as long as the account is the one the session was opened for: null once the
    /// security stamp changed, even between the check of the cookie and this read.
    /// </summary>
    public override async Task<ApplicationUser?> GetUserAsync(ClaimsPrincipal principal)
    {
        var user = await base.GetUserAsync(principal);
        return
            user?.SecurityStamp
            == principal.FindFirstValue(Options.ClaimsIdentity.SecurityStampClaimType)
            ? user
            : null;
    }

    public override Task<IdentityResult> AccessFailedAsync(ApplicationUser user) =>
        pending.IsCodeStep ? Task.FromResult(IdentityResult.Success) : base.AccessFailedAsync(user);

    /// <summary>
    /// In one statement, whatever else changed meanwhile: a stranger's wrong password in the same second must not cost
    /// the owner a right code.
    /// </summary>
    public override async Task<IdentityResult> ResetAccessFailedCountAsync(ApplicationUser user)
    {
        await db
            .Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0));
        var count = db.Entry(user).Property(u => u.AccessFailedCount);
        (count.CurrentValue, count.OriginalValue) = (0, 0);
        // It is written already; a later save of this request must not write the row over what changed meanwhile.
        count.IsModified = false;
        return IdentityResult.Success;
    }

    /// <summary>
    /// Makes a proved number the account's number and rotates the security stamp, which ends every other session and
    /// every challenge sent before. One conditional UPDATE on the stamp of the session, which takes one of the places that
    /// the number has for accounts; what is signed in afterwards is the stamp written here, never one that somebody else
    /// wrote since.
    /// </summary>
    public async Task<NumberBinding> BindProvedNumberAsync(ApplicationUser user, PhoneNumber number)
    {
        var (stamp, version) = (NewStamp(), NewStamp());
        if (await TakePlaceAsync(user, number, stamp, version) is { } refused)
        {
            return refused;
        }

        db.Entry(user).State = EntityState.Detached;
        (user.PhoneNumber, user.PhoneNumberConfirmed) = (number.E164, true);
        (user.SecurityStamp, user.ConcurrencyStamp) = (stamp, version);
        user.WrongCodesInARow = 0;
        logger.NumberProved(user.Id, number.LastDigits);
        return NumberBinding.Bound;
    }

    private async Task<NumberBinding?> TakePlaceAsync(
        ApplicationUser user,
        PhoneNumber number,
        string stamp,
        string version
    )
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
                return
                    await db
                        .Users.Where(u => u.Id == user.Id && u.SecurityStamp == user.SecurityStamp)
                        .ExecuteUpdateAsync(set =>
                            set.SetProperty(u => u.PhoneNumber, number.E164)
                                .SetProperty(u => u.PhoneNumberConfirmed, true)
                                .SetProperty(u => u.PhoneNumberPlace, place)
                                .SetProperty(u => u.WrongCodesInARow, 0)
                                .SetProperty(u => u.SecurityStamp, stamp)
                                .SetProperty(u => u.ConcurrencyStamp, version)
                        ) == 1
                    ? null
                    : NumberBinding.ChangedElsewhere;
            }
            catch (DbException exception) when (exception.IsUniqueViolation())
            {
                // Another account took that place at the same moment; there is one less.
            }
        }
    }

    /// <summary>
    /// Turns two-factor authentication on (with a proved number only) or off, and rotates the security stamp, which ends
    /// every other session. One conditional UPDATE on the stamp of the session; what is signed in
    /// afterwards is the stamp written here, never one that somebody else wrote since.
    /// </summary>
    /// <returns>False if the account was changed elsewhere since it was loaded; then nothing was done.</returns>
    public async Task<bool> SwitchTwoFactorAsync(ApplicationUser user, bool on)
    {
        var (stamp, version) = (NewStamp(), NewStamp());
        var changed = await db
            .Users.Where(u =>
                u.Id == user.Id
                && u.SecurityStamp == user.SecurityStamp
                && (!on || u.PhoneNumberConfirmed)
            )
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.TwoFactorEnabled, on)
                    .SetProperty(u => u.SecurityStamp, stamp)
                    .SetProperty(u => u.ConcurrencyStamp, version)
            );
        if (changed == 0)
        {
            return false;
        }

        db.Entry(user).State = EntityState.Detached;
        user.TwoFactorEnabled = on;
        (user.SecurityStamp, user.ConcurrencyStamp) = (stamp, version);
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

    /// <summary>
    /// As Identity's, with codes of 100 bits that are stored as keyed hashes (F9); always
    /// <see cref="RecoveryCodes.PerAccount"/> of them.
    /// </summary>
    public override async Task<IEnumerable<string>?> GenerateNewTwoFactorRecoveryCodesAsync(
        ApplicationUser user,
        int number
    ) => (await recoveryCodes.ReplaceAsync(user)).Select(code => code.ToGroups());

    /// <summary>Uses a code up, whatever its spelling; what is none at all is refused and not an exception.</summary>
    public override async Task<IdentityResult> RedeemTwoFactorRecoveryCodeAsync(
        ApplicationUser user,
        string code
    ) =>
        RecoveryCodeText.Parse(code) is { } text && await recoveryCodes.RedeemAsync(user, text)
            ? IdentityResult.Success
            : IdentityResult.Failed(ErrorDescriber.RecoveryCodeRedemptionFailed());

    public override async Task<int> CountRecoveryCodesAsync(ApplicationUser user) =>
        (await recoveryCodes.CountAsync(user)).Left;

    /// <summary>Always refused: a number that nobody proved must not replace, nor un-confirm, one that was proved (F7).</summary>
    public override Task<IdentityResult> SetPhoneNumberAsync(
        ApplicationUser user,
        string? phoneNumber
    ) => RefuseNumber();

    /// <inheritdoc cref="SetPhoneNumberAsync"/>
    public override Task<IdentityResult> ChangePhoneNumberAsync(
        ApplicationUser user,
        string phoneNumber,
        string token
    ) => RefuseNumber();

    private static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));

    private static Task<IdentityResult> RefuseNumber() =>
        Task.FromResult(
            IdentityResult.Failed(
                new IdentityError
                {
                    Code = "NumberNotProved",
                    Description =
                        "A phone number is changed by proving the new one on the Phone number page.",
                }
            )
        );
}
