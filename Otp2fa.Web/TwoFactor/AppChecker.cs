using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The rules of a typed code of the authenticator app: counted before it is tried, and a time step is taken once
/// (RFC 6238 section 5.2, ASVS 6.5.1), on whichever instance.
/// </summary>
internal sealed class AppChecker(
    Otp2faDbContext db,
    AppKeys keys,
    GuessBudget guesses,
    SecurityHistory history,
    IOptions<LimitsOptions> limits,
    TimeProvider time,
    ILogger<AppChecker> logger
)
{
    /// <param name="user">As loaded in this request; the account is looked at again when the code is used.</param>
    /// <param name="code">The typed code.</param>
    public async Task<AppSubmission> SubmitAsync(ApplicationUser user, PinCode code)
    {
        var submission = await CheckAsync(user, code);
        if (submission.Status == AppSubmissionStatus.Verified)
        {
            logger.AppCodeVerified(user.Id);
        }
        else
        {
            logger.AppCodeRefused(user.Id, submission.Status);
        }

        return submission;
    }

    /// <summary>Why not even a right code would be taken now. Null if it would.</summary>
    public async Task<AppSubmission?> FindObstacleAsync(ApplicationUser user, int justWrong = 0) =>
        keys.Find(user) is null ? new AppSubmission(AppSubmissionStatus.NotSetUp)
        : user.WrongAppCodesInARow + justWrong >= limits.Value.WrongCodesInARow
            ? new AppSubmission(AppSubmissionStatus.SwitchedOff)
        : await guesses.FindLimitAsync(user.Id, GuessedSecret.AppCode) is { } spent
            ? new AppSubmission(AppSubmissionStatus.GuessesSpent, spent.Until)
        : null;

    private async Task<AppSubmission> CheckAsync(ApplicationUser user, PinCode code)
    {
        if (user.IsLockedAt(time.GetUtcNow()))
        {
            return new AppSubmission(AppSubmissionStatus.Locked);
        }

        if (keys.Find(user) is not { } key)
        {
            return new AppSubmission(AppSubmissionStatus.NotSetUp);
        }

        if (user.WrongAppCodesInARow >= limits.Value.WrongCodesInARow)
        {
            return new AppSubmission(AppSubmissionStatus.SwitchedOff);
        }

        var (guess, limited) = await guesses.TryReserveAsync(user.Id, GuessedSecret.AppCode);
        if (guess is null)
        {
            return limited!.IsTooQuick
                ? new AppSubmission(AppSubmissionStatus.TooFast)
                : new AppSubmission(AppSubmissionStatus.GuessesSpent, limited.Until);
        }

        if (key.FindStep(code, time.GetUtcNow()) is not { } step)
        {
            await CountWrongAsync(user);
            return await FindObstacleAsync(user, justWrong: 1)
                ?? new AppSubmission(AppSubmissionStatus.Wrong);
        }

        await guesses.ReturnAsync(guess);
        return await TakeStepAsync(user, step)
            ? new AppSubmission(AppSubmissionStatus.Verified)
            : new AppSubmission(AppSubmissionStatus.Used);
    }

    /// <summary>One statement, so that of parallel right codes exactly one wins, and a change in between loses none.</summary>
    private async Task<bool> TakeStepAsync(ApplicationUser user, long step)
    {
        var now = time.GetUtcNow();
        return await db
                .Users.Where(u =>
                    u.Id == user.Id
                    && u.SecurityStamp == user.SecurityStamp
                    && u.AuthenticatorKey != null
                    && u.AuthenticatorStep < step
                    && (u.LockoutEnd == null || u.LockoutEnd <= now)
                )
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(u => u.AuthenticatorStep, step)
                        .SetProperty(u => u.WrongAppCodesInARow, 0)
                ) == 1;
    }

    private async Task CountWrongAsync(ApplicationUser user)
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        await db
            .Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.WrongAppCodesInARow, u => u.WrongAppCodesInARow + 1)
            );
        await history.AddAsync(user.Id, SecurityEventKind.WrongCode, Factor.App);
        await transaction.CommitAsync();
    }
}
