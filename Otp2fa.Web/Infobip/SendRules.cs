using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// The one table from an answer to a send or a resend, by message or by call, to what the site is told.
/// </summary>
internal static class SendRules
{
    /// <summary>
    /// A wait that the far end names and that is no longer than this is worth waiting for; any other limit is taken for the
    /// usual one, which is a day's.
    /// </summary>
    private static readonly TimeSpan LongestBusy = TimeSpan.FromMinutes(10);

    /// <param name="reply">What came back.</param>
    /// <param name="to">The number asked for.</param>
    /// <param name="pinId">Of a resend, the id asked about; null for a new PIN.</param>
    public static Verdict<PinSendAnswer> Judge(
        InfobipReply reply,
        PhoneNumber to,
        string? pinId = null
    ) =>
        StatusRules.Classify(reply) switch
        {
            StatusClass.Ok => JudgeBody(reply.Read(InfobipJson.Default.PinSendResponse), to, pinId),
            StatusClass.BadRequest or StatusClass.NotFound when reply.IsErrorAbout("to") => Refuse(
                PinSendStatus.NumberRefused,
                Finding.Undeliverable,
                reply.ReadErrorCode()
            ),
            StatusClass.NotFound when pinId is not null => Refuse(
                PinSendStatus.UnknownPin,
                Finding.None,
                reply.ReadErrorCode()
            ),
            // 404 is not documented for a send; an unknown application or template may come as either.
            StatusClass.BadRequest or StatusClass.NotFound => Refuse(
                PinSendStatus.Rejected,
                Finding.Rejected,
                reply.ReadErrorCode()
            ),
            StatusClass.Misconfigured => Refuse(
                PinSendStatus.Misconfigured,
                Finding.Misconfigured,
                reply.ReadErrorCode()
            ),
            StatusClass.Throttled => Refuse(
                reply.RetryAfter <= LongestBusy ? PinSendStatus.Busy : PinSendStatus.Throttled,
                Finding.Throttled,
                reply.ReadErrorCode()
            ),
            StatusClass.Unavailable => Refuse(
                PinSendStatus.Unavailable,
                Finding.Unavailable,
                reply.ReadErrorCode()
            ),
        };

    private static Verdict<PinSendAnswer> JudgeBody(
        PinSendResponse? body,
        PhoneNumber to,
        string? pinId
    ) =>
        body switch
        {
            null => Refuse(PinSendStatus.Unavailable, Finding.Unavailable, null),
            _ when !PhoneMatch.IsSameOrAbsent(body.To, to) || !IsSamePin(body.PinId, pinId) =>
                Refuse(PinSendStatus.Unavailable, Finding.Foreign, body.SmsStatus.Value),

            // The list of states and the text of the rule spell this one differently.
            _ when body.NcStatus.Is("NC_DESTINATION_NOT_REACHABLE")
                    || body.NcStatus.Is("NC_NOT_REACHABLE") => Refuse(
                PinSendStatus.Unreachable,
                Finding.Undeliverable,
                body.NcStatus.Value
            ),
            _ when body.SmsStatus.Is("MESSAGE_NOT_SENT") => Refuse(
                PinSendStatus.NotSent,
                Finding.Undeliverable,
                body.SmsStatus.Value
            ),

            // The one state of a call that an older page of Infobip names as a failure, and the one of a message; the set is open.
            _ when body.CallStatus.Is("BAD_REQUEST") || body.CallStatus.Is("MESSAGE_NOT_SENT") =>
                Refuse(PinSendStatus.NotSent, Finding.Undeliverable, body.CallStatus.Value),

            // Any other state, known or not: it was accepted, and there is an id to verify it with.
            { PinId.Value: var sent } when PinIds.IsUsable(sent) => Sent(sent, body),
            { PinId.IsAbsent: true } when pinId is not null => Sent(pinId, body),
            _ => Refuse(PinSendStatus.Unavailable, Finding.Unavailable, body.SmsStatus.Value),
        };

    private static bool IsSamePin(WireText named, string? asked) =>
        asked is null
        || named.IsAbsent
        || string.Equals(named.Value, asked, StringComparison.Ordinal);

    private static Verdict<PinSendAnswer> Sent(string pinId, PinSendResponse body) =>
        new(
            new PinSendAnswer(
                PinSendStatus.Sent,
                pinId,
                LacksLookup: body.NcStatus.Is("NC_NOT_CONFIGURED")
            ),
            Finding.None,
            body.SmsStatus.Value ?? body.CallStatus.Value
        );

    private static Verdict<PinSendAnswer> Refuse(
        PinSendStatus status,
        Finding finding,
        string? code
    ) => new(new PinSendAnswer(status), finding, code);
}
