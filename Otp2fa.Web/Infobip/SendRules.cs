using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Infobip;

/// <summary>The one table from an answer to <c>POST /2fa/2/pin</c> to what the site is told.</summary>
internal static class SendRules
{
    public static Verdict<PinSendAnswer> Judge(InfobipReply reply, PhoneNumber to) =>
        StatusRules.Classify(reply) switch
        {
            StatusClass.Ok => JudgeBody(reply.Read(InfobipJson.Default.PinSendResponse), to),

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
                PinSendStatus.Throttled,
                Finding.Throttled,
                reply.ReadErrorCode()
            ),
            StatusClass.Unavailable => Refuse(
                PinSendStatus.Unavailable,
                Finding.Unavailable,
                reply.ReadErrorCode()
            ),
        };

    private static Verdict<PinSendAnswer> JudgeBody(PinSendResponse? body, PhoneNumber to) =>
        body switch
        {
            null => Refuse(PinSendStatus.Unavailable, Finding.Unavailable, null),
            _ when !PhoneMatch.IsSameOrAbsent(body.To, to) => Refuse(
                PinSendStatus.Unavailable,
                Finding.Foreign,
                body.SmsStatus.Value
            ),
            _ when body.SmsStatus.Is("MESSAGE_NOT_SENT") => Refuse(
                PinSendStatus.Undeliverable,
                Finding.Undeliverable,
                body.NcStatus.Value ?? body.SmsStatus.Value
            ),

            // The list of states and the text of the rule spell this one differently.
            _ when body.NcStatus.Is("NC_DESTINATION_NOT_REACHABLE")
                    || body.NcStatus.Is("NC_NOT_REACHABLE") => Refuse(
                PinSendStatus.Undeliverable,
                Finding.Undeliverable,
                body.NcStatus.Value
            ),

            // Any other state, known or not: the message was accepted, and there is an id to verify it with.
            { PinId.Value: var pinId } when PinIds.IsUsable(pinId) => new(
                new PinSendAnswer(PinSendStatus.Sent, pinId),
                Finding.None,
                body.SmsStatus.Value
            ),
            _ => Refuse(PinSendStatus.Unavailable, Finding.Unavailable, body.SmsStatus.Value),
        };

    private static Verdict<PinSendAnswer> Refuse(
        PinSendStatus status,
        Finding finding,
        string? code
    ) => new(new PinSendAnswer(status), finding, code);
}
