using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// Wrong codes in a row of an account, over days and challenges: so many of them that somebody must be guessing switch codes
/// off for it, until a number is bound again (NIST SP 800-63B-4 3.2.2). Fewer of them in a day stop codes for a while (L5).
/// </summary>
internal sealed class WrongCodes(
    Otp2faDbContext db,
    GuessBudget guesses,
    SecurityHistory history,
    IOptions<TwoFactorOptions> options,
    IOptions<LimitsOptions> limits,
    ILogger<WrongCodes> logger
)
{
    /// <summary>Proving a number is the way out, so that purpose is never switched off.</summary>
    /// <param name="user">As loaded in this request.</param>
    /// <param name="purpose">What a code is for.</param>
    /// <param name="justWrong">Wrong codes that were counted since.</param>
    public bool AreTooMany(ApplicationUser user, ChallengePurpose purpose, int justWrong = 0) =>
        purpose != ChallengePurpose.VerifyNumber
        && user.WrongCodesInARow + justWrong >= limits.Value.WrongCodesInARow;

    /// <summary>
    /// Why not even a right code would be taken now, so that none is sent, promised or tried. Null if it would.
    /// </summary>
    /// <inheritdoc cref="AreTooMany"/>
    public async Task<PinSubmission?> FindObstacleAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        int justWrong = 0
    ) =>
        AreTooMany(user, purpose, justWrong) ? new PinSubmission(PinSubmissionStatus.SwitchedOff)
        : await guesses.FindLimitAsync(user.Id, options.Value.Guessed) is { } spent
            ? new PinSubmission(PinSubmissionStatus.GuessesSpent, Until: spent.Until)
        : null;

    /// <summary>One more.</summary>
    /// <inheritdoc cref="AreTooMany"/>
    public async Task AddAsync(ApplicationUser user, ChallengePurpose purpose)
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        await db
            .Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.WrongCodesInARow, u => u.WrongCodesInARow + 1)
            );
        var count = await db
            .Users.Where(u => u.Id == user.Id)
            .Select(u => u.WrongCodesInARow)
            .FirstOrDefaultAsync();
        await history.AddAsync(
            user.Id,
            SecurityEventKind.WrongCode,
            Factor.Sms,
            purpose == ChallengePurpose.VerifyNumber ? "to prove a number" : null,
            purpose: purpose.ToString()
        );
        await transaction.CommitAsync();
        if (count >= limits.Value.WrongCodesInARow)
        {
            logger.SwitchedOff(user.Id, count);
        }
    }

    public Task<int> ClearAsync(ApplicationUser user) =>
        db
            .Users.Where(u => u.Id == user.Id && u.WrongCodesInARow > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.WrongCodesInARow, 0));
}
