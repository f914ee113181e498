using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The rules of a typed PIN, for every purpose: counted before it is tried, tried once, used once. Nothing here is cancelled
/// with the browser: what was tried has happened, and its outcome must be written down.
/// </summary>
internal sealed class PinChecker(
    ChallengeRows rows,
    WrongCodes wrongCodes,
    GuessBudget guesses,
    SendBudget sends,
    IPinProvider provider,
    PinMeters meters,
    IAuditTrail audit,
    IOptions<TwoFactorOptions> options,
    ILogger<PinChecker> logger
)
{
    /// <summary>
    /// Checks a typed code, in the order that leaves no gap: count it against the account, reserve an attempt, ask the
    /// provider once, use the challenge up.
    /// </summary>
    /// <param name="user">As loaded in this request; the binding is checked again against the stored row at the end.</param>
    /// <param name="number">The number the code must have been sent to.</param>
    /// <param name="ticket">What the pending ticket of this very attempt says.</param>
    /// <param name="pin">The typed code.</param>
    public async Task<PinSubmission> SubmitAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket,
        PinCode pin
    )
    {
        var submission = await CheckAsync(user, number, ticket, pin);
        meters.Checked(ticket.Purpose, number, submission.Status);
        if (submission.Status == PinSubmissionStatus.Verified)
        {
            logger.CodeVerified(ticket.Purpose, user.Id, ticket.ChallengeId);
        }
        else
        {
            logger.CodeRefused(ticket.Purpose, user.Id, ticket.ChallengeId, submission.Status);
        }

        return submission;
    }

    /// <summary>What a page may say about the challenge behind a ticket. Null if there is none for this attempt.</summary>
    public async Task<ChallengeState?> FindStateAsync(
        ApplicationUser user,
        ChallengeTicket ticket
    ) =>
        await rows.FindStateAsync(user, ticket) is { } state
            ? state.Status == ChallengeStatus.Live
                ? state with
                {
                    Obstacle = await wrongCodes.FindObstacleAsync(user, ticket.Purpose),
                }
                : state
            : null;

    private async Task<PinSubmission> CheckAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket,
        PinCode pin
    )
    {
        // Infobip takes a right PIN only once, so a lock is looked at before it is asked; at the end it counts once more.
        if (rows.IsLocked(user))
        {
            return new PinSubmission(PinSubmissionStatus.Locked);
        }

        // What cannot be right is no guess.
        if (await rows.FindStateAsync(user, ticket) is not { Status: ChallengeStatus.Live } state)
        {
            return await ExplainRefusalAsync(user, ticket);
        }

        if (wrongCodes.AreTooMany(user, ticket.Purpose))
        {
            return new PinSubmission(PinSubmissionStatus.SwitchedOff);
        }

        var (guess, limited) = await guesses.TryReserveAsync(user.Id, options.Value.Guessed);
        if (guess is null)
        {
            return limited!.IsTooQuick
                ? new PinSubmission(PinSubmissionStatus.TooFast, state.AttemptsLeft)
                : new PinSubmission(PinSubmissionStatus.GuessesSpent, Until: limited.Until);
        }

        var (submission, isWrong) = await rows.ReserveAttemptAsync(user, number, ticket)
            ? await AskAsync(user, number, ticket, pin)
            : (await ExplainRefusalAsync(user, ticket), false);
        if (isWrong)
        {
            await wrongCodes.AddAsync(user, ticket.Purpose);
            // What the page promises must hold for the next one.
            return
                submission.Status == PinSubmissionStatus.Wrong
                && await wrongCodes.FindObstacleAsync(user, ticket.Purpose, justWrong: 1)
                    is { } obstacle
                ? obstacle
                : submission;
        }

        await guesses.ReturnAsync(guess);
        if (submission.Status == PinSubmissionStatus.Verified)
        {
            // Of a number to be bound the binding itself clears the count: until then it is not the way out yet.
            if (ticket.Purpose != ChallengePurpose.VerifyNumber)
            {
                await wrongCodes.ClearAsync(user);
            }

            await sends.AnswerAsync(user.Id);
        }

        return submission;
    }

    private async Task<(PinSubmission Submission, bool IsWrong)> AskAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket,
        PinCode pin
    )
    {
        var answer = await meters.TimeAsync(
            "check",
            ticket.Purpose,
            number,
            () => provider.VerifyAsync(ticket.PinId, number, pin)
        );
        if (answer.Status == PinVerifyStatus.Verified)
        {
            if (await rows.ConsumeAsync(user, number, ticket))
            {
                return (new PinSubmission(PinSubmissionStatus.Verified), false);
            }

            // Infobip has used the PIN up, so the row must not promise time.
            await rows.ExpireAsync(ticket);
            audit.Record(AuditKind.CodeReused, user.Id, Factor.Sms, ticket.Purpose.ToString());
            return (new PinSubmission(PinSubmissionStatus.Superseded), false);
        }

        var state = await rows.FindStateAsync(user, ticket);
        if (state is null or { Status: ChallengeStatus.Superseded })
        {
            // The same code typed twice at once: the other one was right and is in, and Infobip takes a PIN only once. But a
            // wrong code stays a wrong one, however much was overtaken or re-bound while it was on its way.
            return (
                new PinSubmission(PinSubmissionStatus.Superseded),
                answer.Status == PinVerifyStatus.WrongPin && !await rows.IsConsumedAsync(ticket)
            );
        }

        var left = state.AttemptsLeft;
        switch (answer.Status)
        {
            case PinVerifyStatus.WrongPin
                when Math.Min(left, answer.AttemptsRemaining ?? left) is > 0 and var tries:
                return (new PinSubmission(PinSubmissionStatus.Wrong, tries), true);
            case PinVerifyStatus.WrongPin or PinVerifyStatus.AttemptsExhausted:
                await rows.ExhaustAsync(ticket);
                return (
                    new PinSubmission(PinSubmissionStatus.Dead),
                    answer.Status == PinVerifyStatus.WrongPin
                );
            case PinVerifyStatus.Expired or PinVerifyStatus.UnknownPin:
                await rows.ExpireAsync(ticket);
                return (new PinSubmission(PinSubmissionStatus.Expired), false);
            case PinVerifyStatus.NotAsked or PinVerifyStatus.Crowded:
                await rows.ReturnAttemptAsync(user, ticket);
                return (await ExplainNotTriedAsync(user, ticket, answer.Status), false);
            case PinVerifyStatus.Throttled:
                return (new PinSubmission(PinSubmissionStatus.Throttled, left), false);
            case PinVerifyStatus.Verified
            or PinVerifyStatus.Rejected
            or PinVerifyStatus.Misconfigured
            or PinVerifyStatus.Unavailable:
                return (new PinSubmission(PinSubmissionStatus.ProviderDown, left), false);
        }

        throw new InvalidOperationException($"No rule for {answer.Status}.");
    }

    private async Task<PinSubmission> ExplainNotTriedAsync(
        ApplicationUser user,
        ChallengeTicket ticket,
        PinVerifyStatus status
    ) =>
        await rows.FindStateAsync(user, ticket) is { Status: ChallengeStatus.Live } state
            ? new PinSubmission(
                status == PinVerifyStatus.Crowded
                    ? PinSubmissionStatus.Crowded
                    : PinSubmissionStatus.Outage,
                state.AttemptsLeft
            )
            // Another try has used the code up meanwhile.
            : await ExplainRefusalAsync(user, ticket);

    private async Task<PinSubmission> ExplainRefusalAsync(
        ApplicationUser user,
        ChallengeTicket ticket
    ) =>
        await rows.FindStateAsync(user, ticket) is { } state
            ? new PinSubmission(
                state.Status switch
                {
                    ChallengeStatus.Expired => PinSubmissionStatus.Expired,
                    ChallengeStatus.Dead => PinSubmissionStatus.Dead,
                    // Live, and yet not reserved: the number or the pinId is not the one of this challenge.
                    ChallengeStatus.Superseded or ChallengeStatus.Live =>
                        PinSubmissionStatus.Superseded,
                }
            )
            : new PinSubmission(PinSubmissionStatus.NoChallenge);
}
