using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The rules of a typed recovery code: a lock stands here, too (F8), and wrong ones are counted before they are tried (L7).
/// </summary>
internal sealed class RecoveryChecker(
    Otp2faDbContext db,
    RecoveryCodes codes,
    GuessBudget guesses,
    SecurityHistory history,
    IRequestOrigin origin,
    TimeProvider time,
    ILogger<RecoveryChecker> logger
)
{
    /// <param name="user">As loaded in this request.</param>
    /// <param name="text">As typed; its spelling does not matter.</param>
    public async Task<RecoverySubmission> SubmitAsync(ApplicationUser user, string text)
    {
        var submission = await CheckAsync(user, text);
        if (submission.Status == RecoverySubmissionStatus.Verified)
        {
            logger.RecoveryCodeUsed(user.Id, submission.Left);
        }
        else
        {
            logger.RecoveryCodeRefused(user.Id, submission.Status);
        }

        return submission;
    }

    private async Task<RecoverySubmission> CheckAsync(ApplicationUser user, string text)
    {
        if (user.IsLockedAt(time.GetUtcNow()))
        {
            return new RecoverySubmission(RecoverySubmissionStatus.Locked);
        }

        // What cannot be one is no guess.
        if (RecoveryCodeText.Parse(text) is not { } code)
        {
            return new RecoverySubmission(RecoverySubmissionStatus.Wrong);
        }

        var (guess, limited) = await guesses.TryReserveAsync(
            user.Id,
            GuessedSecret.RecoveryCode,
            origin.Address
        );
        if (guess is null)
        {
            return new RecoverySubmission(RecoverySubmissionStatus.TooMany, Until: limited!.Until);
        }

        var isRedeemed = await codes.RedeemAsync(user, code);
        if (!isRedeemed && await FindChangeAsync(user) is { } change)
        {
            // It may have been right, and is still unused.
            await guesses.ReturnAsync(guess);
            return new RecoverySubmission(change);
        }

        if (!isRedeemed)
        {
            await using var transaction = await db.JoinTransactionAsync(user.Id);
            await history.AddAsync(user.Id, SecurityEventKind.WrongCode, Factor.RecoveryCode);
            await transaction.CommitAsync();
            return new RecoverySubmission(RecoverySubmissionStatus.Wrong);
        }

        await guesses.ReturnAsync(guess);
        return new RecoverySubmission(
            RecoverySubmissionStatus.Verified,
            (await codes.CountAsync(user)).Left
        );
    }

    /// <summary>What happened to the account since it was loaded; null if nothing did.</summary>
    private async Task<RecoverySubmissionStatus?> FindChangeAsync(ApplicationUser user)
    {
        var now = time.GetUtcNow();
        var stored = await db
            .Users.Where(u => u.Id == user.Id)
            .Select(u => new { u.SecurityStamp, u.LockoutEnd })
            .FirstOrDefaultAsync();
        return stored?.SecurityStamp != user.SecurityStamp ? RecoverySubmissionStatus.Changed
            : stored?.LockoutEnd > now ? RecoverySubmissionStatus.Locked
            : null;
    }
}
