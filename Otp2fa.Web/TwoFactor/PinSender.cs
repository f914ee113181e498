using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// The rules of how a PIN comes to a person, for every purpose: gate, row, send, and which one is live then. Nothing here is
/// cancelled with the browser: what was sent has happened, and its outcome must be written down.
/// </summary>
internal sealed class PinSender(
    SendGate gate,
    ChallengeRows rows,
    IPinProvider provider,
    PinMeters meters,
    ILogger<PinSender> logger
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
    /// <param name="notAfter">When the ticket ends that the code belongs to, if there is one already: no code outlives it.</param>
    public async Task<ChallengeStart> StartAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to,
        string attempt,
        DateTimeOffset? notAfter = null
    )
    {
        var (pass, denial) = await gate.PassAsync(user, purpose, to);
        return pass is null
            ? Denied(user, purpose, to, denial!)
            : await SendNewAsync(pass, user, purpose, to, attempt, notAfter);
    }

    /// <summary>
    /// The password again, in the browser that waits for a code already: the code that is on its way serves the new attempt,
    /// and nothing is sent. Its attempts and its end stay.
    /// </summary>
    /// <param name="user">Who signs in.</param>
    /// <param name="to">The account's number.</param>
    /// <param name="attempt">The new attempt.</param>
    /// <param name="before">What the ticket of the old attempt says; null if there is none.</param>
    public async Task<ChallengeStart> StartSignInAsync(
        ApplicationUser user,
        PhoneNumber to,
        string attempt,
        ChallengeTicket? before
    )
    {
        if (
            before is { Purpose: ChallengePurpose.SignIn }
            && await rows.RebindAsync(user, to, before, attempt)
        )
        {
            logger.CodeKept(user.Id, before.ChallengeId);
            return ChallengeStart.Sent(before with { Attempt = attempt });
        }

        return await StartAsync(user, ChallengePurpose.SignIn, to, attempt);
    }

    /// <summary>
    /// Gets the code to the person once more. While it lives long enough it is the same PIN of the same challenge, with the
    /// attempts and the time it has left; otherwise, or if the provider does not know it any more, a new one in its place.
    /// </summary>
    /// <param name="user">Whose sign-in, number or step-up it is.</param>
    /// <param name="number">Where the code went, and goes.</param>
    /// <param name="ticket">What the pending ticket of this very attempt says.</param>
    /// <param name="channel">A new PIN always goes by message first; a call is for one that was sent.</param>
    /// <param name="notAfter">When that pending ticket ends: no code outlives it.</param>
    /// <returns>The ticket that now stands; the caller keeps it in place of the one it had.</returns>
    public async Task<ChallengeStart> ResendAsync(
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket,
        PinChannel channel,
        DateTimeOffset? notAfter = null
    )
    {
        var again = rows.JudgeResend(await rows.FindStateAsync(user, ticket), LongestDelivery);
        if (again == ResendRule.SentOften)
        {
            return Denied(user, ticket.Purpose, number, new SendDenial(SendRefusal.SentOften));
        }

        var (pass, denial) = await gate.PassAsync(user, ticket.Purpose, number);
        if (pass is null)
        {
            return Denied(user, ticket.Purpose, number, denial!);
        }

        if (again == ResendRule.SamePin)
        {
            if (await rows.ReserveResendAsync(user, number, ticket, LongestDelivery))
            {
                if (await ResendSamePinAsync(pass, user, number, ticket, channel) is { } resent)
                {
                    return resent;
                }
            }
            else if (await IsSentOftenAsync())
            {
                // Another window had the last one at the same moment.
                await gate.ReturnAsync(pass);
                return Denied(user, ticket.Purpose, number, new SendDenial(SendRefusal.SentOften));
            }
        }

        // On the budget that was taken: the provider has sent nothing yet.
        return await SendNewAsync(pass, user, ticket.Purpose, number, ticket.Attempt, notAfter);

        async Task<bool> IsSentOftenAsync() =>
            rows.JudgeResend(await rows.FindStateAsync(user, ticket), LongestDelivery)
            == ResendRule.SentOften;
    }

    /// <summary>What asking for a code now would come to, as a page shows it before anybody asks.</summary>
    /// <param name="user">Whose sign-in, number or step-up it is.</param>
    /// <param name="purpose">What the code is for.</param>
    /// <param name="number">Where it would go.</param>
    /// <param name="state">Of the code there is; null if there is none.</param>
    public async Task<SendOutlook> LookAheadAsync(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber number,
        ChallengeState? state
    )
    {
        var again = rows.JudgeResend(state, LongestDelivery);
        return new SendOutlook(
            again != ResendRule.NewPin,
            again == ResendRule.SentOften
                ? new SendDenial(SendRefusal.SentOften)
                : await gate.LookAsync(user, purpose, number)
        );
    }

    /// <returns>Null if the provider does not know the PIN any more, so that a new one has to be sent.</returns>
    private async Task<ChallengeStart?> ResendSamePinAsync(
        SendReservation pass,
        ApplicationUser user,
        PhoneNumber number,
        ChallengeTicket ticket,
        PinChannel channel
    )
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
            await rows.NoteResentAsync(user, ticket.Purpose, number);
            logger.CodeResent(ticket.Purpose, user.Id, ticket.ChallengeId, channel);
            return ChallengeStart.Sent(ticket);
        }

        if (answer.Status == PinSendStatus.UnknownPin)
        {
            // It must not be promised to anybody, whatever becomes of the one in its place.
            await rows.ExpireAsync(ticket);
            return null;
        }

        if (answer.Status is PinSendStatus.NotAsked or PinSendStatus.Crowded)
        {
            await rows.ReturnSendAsync(ticket);
            await gate.ReturnAsync(pass);
        }

        logger.CodeNotSent(ticket.Purpose, user.Id, ticket.ChallengeId, answer.Status);
        return ChallengeStart.Refused(RefusalOf(answer.Status));
    }

    private async Task<ChallengeStart> SendNewAsync(
        SendReservation pass,
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to,
        string attempt,
        DateTimeOffset? notAfter
    )
    {
        // The row comes before the send: a crash in between leaves a row that opens nothing, never an unknown message.
        var id = await rows.InsertAsync(user, purpose, to, attempt, notAfter);
        var answer = await meters.TimeAsync(
            "send",
            purpose,
            to,
            () => provider.SendAsync(to, PinChannel.Sms)
        );
        meters.Sent(purpose, to, PinChannel.Sms, isResend: false, answer.Status);
        if (answer is not { Status: PinSendStatus.Sent, PinId: { } pinId })
        {
            if (answer.Status is PinSendStatus.NotAsked or PinSendStatus.Crowded)
            {
                await gate.ReturnAsync(pass);
            }

            logger.CodeNotSent(purpose, user.Id, id, answer.Status);
            return ChallengeStart.Refused(RefusalOf(answer.Status));
        }

        if (!await rows.ActivateAsync(user, purpose, to, id, pinId))
        {
            logger.CodeOvertaken(purpose, user.Id, id);
            return ChallengeStart.Refused(SendRefusal.Superseded);
        }

        logger.CodeSent(purpose, user.Id, id, to.LastDigits);
        return ChallengeStart.Sent(new ChallengeTicket(id, purpose, pinId, attempt));
    }

    private ChallengeStart Denied(
        ApplicationUser user,
        ChallengePurpose purpose,
        PhoneNumber to,
        SendDenial denial
    )
    {
        meters.Denied(purpose, to, denial.Reason);
        logger.CodeDenied(purpose, user.Id, denial.Reason);
        return ChallengeStart.Refused(denial);
    }

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
