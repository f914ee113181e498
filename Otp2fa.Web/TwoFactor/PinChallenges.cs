using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The rules of a PIN's life, for every purpose: asked for, bound, counted, checked, used once. Nothing here is cancelled
/// with the browser: what was sent or tried has happened, and its outcome must be written down.
/// </summary>
internal sealed class PinChallenges(
    ChallengeRows rows,
    IPinProvider provider,
    PinMeters meters,
    ILogger<PinChallenges> logger
)
{
    /// <summary>A message can take this long; a code that ends sooner is not worth sending again.</summary>
    public static readonly TimeSpan LongestDelivery = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Asks for a new PIN and makes it the only live one of this user and purpose. An older one is superseded once the
    /// new one was accepted for sending, not before: a failed send takes no code away from another browser.
    /// </summary>
    /// <param name="user">Whose sign-in, number or step-up it is.</param>
    /// <param name="purpose">What the PIN will be good for; nothing else.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="attempt">32 random bytes of this attempt, base64url; the caller keeps them in its ticket.</param>
    public async Task<ChallengeStart> StartAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to,
        string attempt
    )
    {
        // The row comes before the send: a crash in between leaves a row that opens nothing, never an unknown message.
        var id = await rows.InsertAsync(user, purpose, to, attempt);
        var answer = await meters.TimeAsync(
            "send",
            purpose,
            to,
            () => provider.SendAsync(to, PinChannel.Sms)
        );
        meters.Sent(purpose, to, PinChannel.Sms, isResend: false, answer.Status);
        if (answer is not { Status: PinSendStatus.Sent, PinId: { } pinId })
        {
            logger.CodeNotSent(purpose, user.Id, id, answer.Status);
            return ChallengeStart.Refused(RefusalOf(answer.Status));
        }

        if (!await rows.ActivateAsync(id, pinId))
        {
            logger.CodeOvertaken(purpose, user.Id, id);
            return ChallengeStart.Refused(SendRefusal.Superseded);
        }

        await rows.SupersedeOlderAsync(user, purpose, id);
        logger.CodeSent(purpose, user.Id, id, to.LastDigits);
        return ChallengeStart.Sent(new ChallengeTicket(id, purpose, pinId, attempt));
    }

    /// <summary>
    /// Gets the code to the person once more. While it lives long enough it is the same PIN of the same challenge, with the
    /// attempts and the time it has left; otherwise, or if Infobip does not know it any more, a new one in its place.
    /// </summary>
    /// <param name="user">Whose sign-in it is.</param>
    /// <param name="number">Where the code went, and goes.</param>
    /// <param name="ticket">What the pending ticket of this very attempt says.</param>
    /// <param name="channel">A new PIN always goes by message first; a call is for one that was sent.</param>
    /// <returns>The ticket that now stands; the caller keeps it in place of the one it had.</returns>
    public async Task<ChallengeStart> ResendAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket,
        PinChannel channel
    )
    {
        var seen = await rows.FindStateAsync(user, ticket);
        if (await rows.ReserveResendAsync(user, number, ticket, LongestDelivery))
        {
            var answer = await meters.TimeAsync(
                "resend",
                ticket.Purpose,
                number,
                () => provider.ResendAsync(ticket.PinId, number, channel)
            );
            meters.Sent(ticket.Purpose, number, channel, isResend: true, answer.Status);
            if (answer.Status == PinSendStatus.Sent)
            {
                logger.CodeResent(ticket.Purpose, user.Id, ticket.ChallengeId, channel);
                return ChallengeStart.Sent(ticket);
            }

            if (answer.Status is PinSendStatus.NotAsked or PinSendStatus.Crowded)
            {
                await rows.ReturnSendAsync(ticket);
            }

            if (answer.Status != PinSendStatus.UnknownPin)
            {
                logger.CodeNotSent(ticket.Purpose, user.Id, ticket.ChallengeId, answer.Status);
                return ChallengeStart.Refused(RefusalOf(answer.Status));
            }

            seen = await rows.FindStateAsync(user, ticket);
        }
        else if (seen is { Status: ChallengeStatus.Live } && rows.LivesFor(seen, LongestDelivery))
        {
            // Nothing but the number of sends can have stood in the way.
            return ChallengeStart.Refused(SendRefusal.SentOften);
        }

        return seen is not null && await rows.ClaimRenewalAsync(user, ticket, seen)
            ? await StartAsync(user, ticket.Purpose, number, ticket.Attempt)
            : ChallengeStart.Refused(SendRefusal.Busy);
    }

    /// <summary>
    /// Checks a typed code, in the order that leaves no gap: reserve an attempt, ask Infobip once, use the challenge up.
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
        // Infobip takes a right PIN only once, so a lock is looked at before it is asked; at the end it counts once more.
        var submission =
            rows.IsLocked(user) ? new PinSubmission(PinSubmissionStatus.Locked)
            : await rows.ReserveAttemptAsync(user, number, ticket)
                ? await AskAsync(user, number, ticket, pin)
            : await ExplainRefusalAsync(user, ticket);
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
    public Task<ChallengeState?> FindStateAsync(ApplicationUser user, ChallengeTicket ticket) =>
        rows.FindStateAsync(user, ticket);

    private async Task<PinSubmission> AskAsync(
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
                return new PinSubmission(PinSubmissionStatus.Verified);
            }

            // Infobip has used the PIN up, so the row must not promise time.
            await rows.ExpireAsync(ticket);
            return new PinSubmission(PinSubmissionStatus.Superseded);
        }

        var state = await rows.FindStateAsync(user, ticket);
        if (state is null or { Status: ChallengeStatus.Superseded })
        {
            // The same code typed twice at once: the other one was right and is in, and Infobip takes a PIN only once.
            return new PinSubmission(PinSubmissionStatus.Superseded);
        }

        var left = state.AttemptsLeft;
        switch (answer.Status)
        {
            case PinVerifyStatus.NotAsked or PinVerifyStatus.Crowded:
                await rows.ReturnAttemptAsync(ticket);
                return new PinSubmission(
                    answer.Status == PinVerifyStatus.Crowded
                        ? PinSubmissionStatus.Crowded
                        : PinSubmissionStatus.Outage,
                    left + 1
                );
            case PinVerifyStatus.WrongPin
                when Math.Min(left, answer.AttemptsRemaining ?? left) is > 0 and var tries:
                return new PinSubmission(PinSubmissionStatus.Wrong, tries);
            case PinVerifyStatus.WrongPin or PinVerifyStatus.AttemptsExhausted:
                await rows.ExhaustAsync(ticket);
                return new PinSubmission(PinSubmissionStatus.Dead);
            case PinVerifyStatus.Expired or PinVerifyStatus.UnknownPin:
                await rows.ExpireAsync(ticket);
                return new PinSubmission(PinSubmissionStatus.Expired);
            case PinVerifyStatus.Throttled:
                return new PinSubmission(PinSubmissionStatus.TooFast, left);
            default:
                return new PinSubmission(PinSubmissionStatus.ProviderDown, left);
        }
    }

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

    private static SendRefusal RefusalOf(PinSendStatus status) =>
        status switch
        {
            PinSendStatus.NotSent => SendRefusal.NotSent,
            PinSendStatus.Unreachable => SendRefusal.Unreachable,
            PinSendStatus.NumberRefused => SendRefusal.NumberRefused,
            PinSendStatus.Throttled => SendRefusal.Throttled,
            PinSendStatus.Busy => SendRefusal.Busy,
            PinSendStatus.NotAsked => SendRefusal.Outage,
            PinSendStatus.Crowded => SendRefusal.Crowded,
            // Sent without a pinId is an answer nothing can be done with.
            PinSendStatus.Sent
            or PinSendStatus.Rejected
            or PinSendStatus.UnknownPin
            or PinSendStatus.Misconfigured
            or PinSendStatus.Unavailable => SendRefusal.Unavailable,
        };
}
