using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The statements behind <see cref="PinSender"/> and <see cref="PinChecker"/>. Each state change is one conditional UPDATE, so that parallel
/// requests and several instances see one truth (ASVS 2.3.3, 6.5.1, 15.4.2).
/// </summary>
internal sealed class ChallengeRows(
    Otp2faDbContext db,
    KeyedHash keyedHash,
    SecurityHistory history,
    TimeProvider time,
    IOptions<TwoFactorOptions> options
)
{
    /// <returns>The id of the new row; it opens nothing until it is activated.</returns>
    public async Task<long> InsertAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to,
        string attempt,
        DateTimeOffset? notAfter
    )
    {
        var now = time.GetUtcNow();
        var end = now + options.Value.ChallengeLifetime;
        var row = new PinChallenge
        {
            UserId = user.Id,
            Purpose = purpose,
            PhoneHash = HashPhone(to),
            Country = NumberRules.CountryOf(to),
            StampHash = user.HashStamp(),
            AttemptHash = HashAttempt(attempt),
            IssuedUtc = now,
            ExpiresUtc = notAfter < end ? notAfter.Value : end,
            MaxAttempts = options.Value.MaxAttempts,
        };
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        await db.InsertAsync(row);
        await transaction.CommitAsync();
        return row.Id;
    }

    /// <summary>
    /// Makes a challenge whose code went out the only live one of its user and purpose. Ids grow with every insert, so of any
    /// number of parallel sends exactly the last inserted one stays.
    /// </summary>
    /// <returns>False if a newer challenge overtook this one meanwhile.</returns>
    public async Task<bool> ActivateAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to,
        long id,
        string pinId
    )
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var isLive = await MakeLiveAsync(id, pinId);
        if (isLive)
        {
            await SupersedeOlderAsync(user, purpose, id);
        }

        // An overtaken message arrives all the same.
        await NoteSentAsync(user, purpose, to);
        await transaction.CommitAsync();
        return isLive;
    }

    /// <summary>The same PIN went out once more; its row counted that before.</summary>
    public async Task NoteResentAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to
    )
    {
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        await NoteSentAsync(user, purpose, to);
        await transaction.CommitAsync();
    }

    private Task<SecurityEvent> NoteSentAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to
    ) =>
        history.AddAsync(
            user.Id,
            SecurityEventKind.CodeSent,
            Factor.Sms,
            to.ToString(),
            purpose: purpose.ToString()
        );

    private async Task<bool> MakeLiveAsync(long id, string pinId)
    {
        var pinIdHash = HashPinId(pinId);
        return await db
                .PinChallenges.Where(c =>
                    c.Id == id
                    && c.SupersededById == null
                    && !db.PinChallenges.Any(newer =>
                        newer.UserId == c.UserId
                        && newer.Purpose == c.Purpose
                        && newer.Id > id
                        && newer.PinIdHash != null
                    )
                )
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(c => c.PinIdHash, pinIdHash)
                        .SetProperty(c => c.SendCount, c => c.SendCount + 1)
                ) == 1;
    }

    private Task<int> SupersedeOlderAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        long id
    ) =>
        db
            .PinChallenges.Where(c =>
                c.UserId == user.Id
                && c.Purpose == purpose
                && c.Id < id
                && c.SupersededById == null
                && c.ConsumedUtc == null
            )
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.SupersededById, id));

    /// <summary>Whether a challenge is still there after so much time.</summary>
    public bool LivesFor(ChallengeState state, TimeSpan needed) =>
        state.ExpiresUtc > time.GetUtcNow() + needed;

    /// <summary>Whether the account is locked at this moment; a locked one has no code checked.</summary>
    public bool IsLocked(ApplicationUser user) => user.IsLockedAt(time.GetUtcNow());

    /// <returns>False if the challenge is not this attempt's, or takes no code any more.</returns>
    public async Task<bool> ReserveAttemptAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket
    )
    {
        var now = time.GetUtcNow();
        return await OfAttempt(user, number, ticket)
                .Where(c => c.ExpiresUtc > now)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.Attempts, c => c.Attempts + 1))
            == 1;
    }

    /// <summary>
    /// Reserves one more send of the same PIN, if the code is this attempt's, could still be typed, and lives long enough for
    /// a message to arrive.
    /// </summary>
    /// <param name="user">Whose sign-in, number or step-up it is.</param>
    /// <param name="number">Where it went.</param>
    /// <param name="ticket">What the pending ticket of this very attempt says.</param>
    /// <param name="needed">How long it must still live.</param>
    public async Task<bool> ReserveResendAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket,
        TimeSpan needed
    )
    {
        var (end, most) = (time.GetUtcNow() + needed, options.Value.MaxSends);
        return await OfAttempt(user, number, ticket)
                .Where(c => c.ExpiresUtc > end && c.SendCount < most)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.SendCount, c => c.SendCount + 1))
            == 1;
    }

    /// <summary>Which way a code that is wanted once more gets to the person.</summary>
    /// <param name="state">Of the code there is; null if there is none.</param>
    /// <param name="needed">How long it must still live to be worth sending again.</param>
    public ResendRule JudgeResend(ChallengeState? state, TimeSpan needed) =>
        state is not { Status: ChallengeStatus.Live } || !LivesFor(state, needed)
            ? ResendRule.NewPin
        : state.Sends < options.Value.MaxSends ? ResendRule.SamePin
        : ResendRule.SentOften;

    /// <summary>Lets the code that a browser waits for serve its new attempt. Attempts, sends and end stay.</summary>
    /// <returns>False if the code is not the old attempt's, or takes no code any more.</returns>
    public async Task<bool> RebindAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket before,
        string attempt
    )
    {
        var now = time.GetUtcNow();
        var attemptHash = HashAttempt(attempt);
        return await OfAttempt(user, number, before)
                .Where(c => c.ExpiresUtc > now)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.AttemptHash, attemptHash)) == 1;
    }

    /// <summary>Gives a send back that was reserved and then not asked for, for the same reason as an attempt.</summary>
    public Task<int> ReturnSendAsync(ChallengeTicket ticket) =>
        db
            .PinChallenges.Where(c => c.Id == ticket.ChallengeId && c.SendCount > 1)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.SendCount, c => c.SendCount - 1));

    /// <summary>
    /// Gives an attempt back that was reserved and then not made: Infobip was not asked, so it has counted nothing either.
    /// For no other reason (R06).
    /// </summary>
    public Task<int> ReturnAttemptAsync(ApplicationUser user, ChallengeTicket ticket) =>
        db
            .PinChallenges.Where(c =>
                c.Id == ticket.ChallengeId && c.UserId == user.Id && c.Attempts > 0
            )
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Attempts, c => c.Attempts - 1));

    /// <summary>
    /// Uses the challenge up, if it is still unused and the stored account is still the one the PIN was sent for. One
    /// statement, so that of parallel right codes exactly one wins and a change in between loses none.
    /// </summary>
    public async Task<bool> ConsumeAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket
    )
    {
        var now = time.GetUtcNow();
        var needsProvedNumber = ticket.Purpose != ChallengePurpose.VerifyNumber;
        var needsTwoFactor = ticket.Purpose == ChallengePurpose.SignIn;
        await using var transaction = await db.JoinTransactionAsync(user.Id);
        var consumed = await db
            .PinChallenges.Where(c =>
                c.Id == ticket.ChallengeId
                && c.ConsumedUtc == null
                && c.SupersededById == null
                && db.Users.Any(u =>
                    u.Id == c.UserId
                    && u.SecurityStamp == user.SecurityStamp
                    && (u.LockoutEnd == null || u.LockoutEnd <= now)
                    && (!needsTwoFactor || u.TwoFactorEnabled)
                    && (
                        !needsProvedNumber
                        || (u.PhoneNumberConfirmed && u.PhoneNumber == number.E164)
                    )
                )
            )
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ConsumedUtc, now));
        await transaction.CommitAsync();
        return consumed == 1;
    }

    /// <summary>
    /// Infobip takes no more tries for this PIN, so the row must not promise any; not even one that is given back meanwhile.
    /// </summary>
    public Task<int> ExhaustAsync(ChallengeTicket ticket) =>
        db
            .PinChallenges.Where(c => c.Id == ticket.ChallengeId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.MaxAttempts, 0));

    /// <summary>Whether the code was right and has been used.</summary>
    public Task<bool> IsConsumedAsync(ChallengeTicket ticket) =>
        db.PinChallenges.AnyAsync(c => c.Id == ticket.ChallengeId && c.ConsumedUtc != null);

    /// <summary>Infobip knows this PIN no more, so the row must not promise time.</summary>
    public Task<int> ExpireAsync(ChallengeTicket ticket)
    {
        var now = time.GetUtcNow();
        return db
            .PinChallenges.Where(c => c.Id == ticket.ChallengeId && c.ExpiresUtc > now)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ExpiresUtc, now));
    }

    /// <summary>Null if there is no such challenge of this user, purpose and attempt.</summary>
    public async Task<ChallengeState?> FindStateAsync(ApplicationUser user, ChallengeTicket ticket)
    {
        var attemptHash = HashAttempt(ticket.Attempt);
        var row = await db
            .PinChallenges.AsNoTracking()
            .FirstOrDefaultAsync(c =>
                c.Id == ticket.ChallengeId
                && c.UserId == user.Id
                && c.Purpose == ticket.Purpose
                && c.AttemptHash == attemptHash
            );
        if (row is null)
        {
            return null;
        }

        var status = row switch
        {
            { ConsumedUtc: not null } or { SupersededById: not null } => ChallengeStatus.Superseded,
            _ when !row.StampHash.AsSpan().SequenceEqual(user.HashStamp()) =>
                ChallengeStatus.Superseded,
            _ when row.Attempts >= row.MaxAttempts => ChallengeStatus.Dead,
            _ when row.ExpiresUtc <= time.GetUtcNow() => ChallengeStatus.Expired,
            _ => ChallengeStatus.Live,
        };
        return new ChallengeState(
            status,
            Math.Max(0, row.MaxAttempts - row.Attempts),
            row.ExpiresUtc,
            row.SendCount
        );
    }

    /// <summary>Everything a challenge is bound to, and that it still takes codes; its end is for the caller to compare.</summary>
    private IQueryable<PinChallenge> OfAttempt(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket
    )
    {
        var phoneHash = HashPhone(number);
        var stampHash = user.HashStamp();
        var attemptHash = HashAttempt(ticket.Attempt);
        var pinIdHash = HashPinId(ticket.PinId);
        return db.PinChallenges.Where(c =>
            c.Id == ticket.ChallengeId
            && c.UserId == user.Id
            && c.Purpose == ticket.Purpose
            && c.PhoneHash == phoneHash
            && c.StampHash == stampHash
            && c.AttemptHash == attemptHash
            && c.PinIdHash == pinIdHash
            && c.ConsumedUtc == null
            && c.SupersededById == null
            && c.Attempts < c.MaxAttempts
        );
    }

    private byte[] HashPhone(PhoneNumber number) => keyedHash.Compute("phone", number.E164);

    private byte[] HashPinId(string pinId) => keyedHash.Compute("pinId", pinId);

    // What is no key hashes to nothing, which no row holds.
    private static byte[] HashAttempt(string attempt) => RandomKey.HashOf(attempt) ?? [];
}
