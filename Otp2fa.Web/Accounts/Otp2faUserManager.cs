using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Identity's user manager with the doors closed that lead around the rules: number, app and two-factor authentication are
/// written in one place only, <see cref="AccountChanges"/> (threat T19), and a wrong code does not move the password's
/// failure counter, which is for passwords alone.
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
    RecoveryChecker recoveryChecker,
    AppKeys appKeys,
    PasswordAttempts attempts,
    PasswordWork work,
    TimeProvider time,
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

    /// <summary>Whether a password may be this account's new one, by all rules that are registered.</summary>
    public Task<IdentityResult> JudgeNewPasswordAsync(ApplicationUser user, string password) =>
        ValidatePasswordAsync(user, password);

    /// <summary>
    /// Whether somebody closed the account for a while. Not the waits after wrong passwords, which belong to a name and a
    /// browser: see <see cref="PasswordAttempts"/>. By the site's clock; Identity's goes by the machine's.
    /// </summary>
    public override Task<bool> IsLockedOutAsync(ApplicationUser user) =>
        Task.FromResult(user.LockoutEnabled && user.IsLockedAt(time.GetUtcNow()));

    /// <summary>One wrong password. <see cref="PasswordCheck"/> counts by itself; codes have counters of their own.</summary>
    public override async Task<IdentityResult> AccessFailedAsync(ApplicationUser user)
    {
        if (!pending.IsCodeStep)
        {
            var (attempt, _) = await attempts.TryBeginAsync(user.NormalizedUserName!, user);
            if (attempt is not null)
            {
                await attempts.RecordWrongAsync(user, attempt);
            }
        }

        return IdentityResult.Success;
    }

    /// <summary>Forgives the wrong passwords. In a code step there are none to forgive: the right one did.</summary>
    public override async Task<IdentityResult> ResetAccessFailedCountAsync(ApplicationUser user)
    {
        if (!pending.IsCodeStep)
        {
            await attempts.ForgetAsync(user);
        }

        return IdentityResult.Success;
    }

    /// <summary>Wrong passwords in a row, in browsers that the account does not know.</summary>
    public override async Task<int> GetAccessFailedCountAsync(ApplicationUser user) =>
        (await attempts.ReadAsync(user)).InARow;

    /// <summary>
    /// As Identity's, and a hash of older settings is replaced without a new security stamp: nothing changed for anybody, so
    /// nobody is signed out.
    /// </summary>
    public override async Task<bool> CheckPasswordAsync(ApplicationUser user, string password)
    {
        using var turn = await work.EnterAsync();
        return await CheckPasswordAsync(user, password, turn);
    }

    /// <summary>The same in a turn that there is already.</summary>
    public async Task<bool> CheckPasswordAsync(
        ApplicationUser user,
        string password,
        PasswordTurn turn
    )
    {
        if (user.PasswordHash is not { } hash)
        {
            await turn.SpendAsync(password);
            return false;
        }

        var verdict = await turn.VerifyAsync(user, hash, password);
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await ReplaceHashAsync(user, hash, await turn.HashAsync(user, password));
        }

        return verdict != PasswordVerificationResult.Failed;
    }

    private async Task ReplaceHashAsync(ApplicationUser user, string hash, string renewed)
    {
        var replaced = await db
            .Users.Where(u => u.Id == user.Id && u.PasswordHash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, renewed));
        if (replaced == 1)
        {
            var stored = db.Entry(user).Property(u => u.PasswordHash);
            (stored.CurrentValue, stored.OriginalValue, stored.IsModified) = (
                renewed,
                renewed,
                false
            );
        }
    }

    /// <summary>
    /// As Identity's, with codes of 100 bits that are stored as keyed hashes (F9); always
    /// <see cref="RecoveryCodes.PerAccount"/> of them.
    /// </summary>
    public override async Task<IEnumerable<string>?> GenerateNewTwoFactorRecoveryCodesAsync(
        ApplicationUser user,
        int number
    )
    {
        var codes = RecoveryCodes.Draw();
        return await recoveryCodes.ReplaceAsync(user, codes)
            ? codes.Select(code => code.ToGroups())
            : null;
    }

    /// <summary>
    /// Uses a code up, whatever its spelling; what is none at all is refused and not an exception. A lock stands, and wrong
    /// ones are counted (F8).
    /// </summary>
    public override async Task<IdentityResult> RedeemTwoFactorRecoveryCodeAsync(
        ApplicationUser user,
        string code
    )
    {
        var submission = await recoveryChecker.SubmitAsync(user, code);
        pending.Report(submission);
        return submission.Status == RecoverySubmissionStatus.Verified
            ? IdentityResult.Success
            : IdentityResult.Failed(ErrorDescriber.RecoveryCodeRedemptionFailed());
    }

    public override async Task<int> CountRecoveryCodesAsync(ApplicationUser user) =>
        (await recoveryCodes.CountAsync(user)).Left;

    /// <summary>The key of the account's app as apps take it; null without one.</summary>
    public override Task<string?> GetAuthenticatorKeyAsync(ApplicationUser user) =>
        Task.FromResult(appKeys.Find(user)?.ToBase32());

    /// <summary>Always refused: it is turned on and off with what belongs to it, on its page.</summary>
    public override Task<IdentityResult> SetTwoFactorEnabledAsync(
        ApplicationUser user,
        bool enabled
    ) =>
        Task.FromResult(
            IdentityResult.Failed(
                new IdentityError
                {
                    Code = "TwoFactorNotHere",
                    Description = "Two-factor authentication is turned on and off on its own page.",
                }
            )
        );

    /// <summary>Always refused: an app is set up by typing a code of it, and not before.</summary>
    public override Task<IdentityResult> ResetAuthenticatorKeyAsync(ApplicationUser user) =>
        Task.FromResult(
            IdentityResult.Failed(
                new IdentityError
                {
                    Code = "AppNotProved",
                    Description =
                        "An authenticator app is set up by typing one of its codes on its page.",
                }
            )
        );

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
