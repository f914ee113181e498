using System.Net;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// The one table from an answer to <c>POST /2fa/2/pin/{pinId}/verify</c> to what the site is told. Fails closed: only
/// the literal true in a 200 answer about this very PIN verifies. Infobip answers a wrong PIN with 200; integrators also
/// report 400 and 404 with an identifier, so both are read.
/// </summary>
internal static class VerifyRules
{
    public static Verdict<PinVerifyAnswer> Judge(
        InfobipReply reply,
        string pinId,
        PhoneNumber sentTo
    ) =>
        StatusRules.Classify(reply) switch
        {
            StatusClass.Ok when reply.Status == (int)HttpStatusCode.OK => JudgeBody(
                reply.Read(InfobipJson.Default.PinVerifyResponse),
                pinId,
                sentTo
            ),
            StatusClass.Ok => Tell(PinVerifyStatus.Unavailable, Finding.Unavailable, null),
            StatusClass.BadRequest => JudgeError(reply.ReadErrorCode())
                ?? Tell(PinVerifyStatus.Rejected, Finding.Rejected, reply.ReadErrorCode()),
            StatusClass.NotFound => JudgeError(reply.ReadErrorCode())
                ?? Tell(PinVerifyStatus.UnknownPin, Finding.None, reply.ReadErrorCode()),
            StatusClass.Misconfigured => Tell(
                PinVerifyStatus.Misconfigured,
                Finding.Misconfigured,
                reply.ReadErrorCode()
            ),
            StatusClass.Throttled => Tell(
                PinVerifyStatus.Throttled,
                Finding.Throttled,
                reply.ReadErrorCode()
            ),
            StatusClass.Unavailable => Tell(
                PinVerifyStatus.Unavailable,
                Finding.Unavailable,
                reply.ReadErrorCode()
            ),
        };

    private static Verdict<PinVerifyAnswer> JudgeBody(
        PinVerifyResponse? body,
        string pinId,
        PhoneNumber sentTo
    )
    {
        if (body is null)
        {
            return Tell(PinVerifyStatus.Unavailable, Finding.Unavailable, null);
        }

        var error = body.PinError;
        if (!IsAbout(body, pinId, sentTo))
        {
            return Tell(PinVerifyStatus.Unavailable, Finding.Foreign, error.Value);
        }

        var isSilent = error.IsAbsent || error.Is(string.Empty);
        return body.Verified switch
        {
            WireTruth.True when isSilent || error.Is("NO_ERROR") => new(
                new PinVerifyAnswer(PinVerifyStatus.Verified, body.AttemptsRemaining),
                Finding.None
            ),
            WireTruth.True => Tell(PinVerifyStatus.Unavailable, Finding.Contradiction, error.Value),

            // A failure that is named but lacks the flag is still a failure; neither flag nor name is no answer.
            WireTruth.False => JudgeFailure(body),
            WireTruth.Absent when !isSilent && !error.IsUnreadable => JudgeFailure(body),
            WireTruth.Absent or WireTruth.Unreadable => Tell(
                PinVerifyStatus.Unavailable,
                Finding.Unavailable,
                error.Value
            ),
        };
    }

    private static bool IsAbout(PinVerifyResponse body, string pinId, PhoneNumber sentTo) =>
        (body.PinId.IsAbsent || string.Equals(body.PinId.Value, pinId, StringComparison.Ordinal))
        && PhoneMatch.IsSameOrAbsent(body.Msisdn, sentTo);

    private static Verdict<PinVerifyAnswer> JudgeFailure(PinVerifyResponse body)
    {
        var error = body.PinError;
        var status = error switch
        {
            _ when error.Has("EXPIRED") => PinVerifyStatus.Expired,
            _ when error.Is("NO_MORE_PIN_ATTEMPTS") => PinVerifyStatus.AttemptsExhausted,
            _ when error.Has("ATTEMPTS") && error.Has("EXCEEDED") =>
                PinVerifyStatus.AttemptsExhausted,
            _ => PinVerifyStatus.WrongPin,
        };
        return new(new PinVerifyAnswer(status, body.AttemptsRemaining), Finding.None, error.Value);
    }

    private static Verdict<PinVerifyAnswer>? JudgeError(string? code)
    {
        var identifier = new WireText(code);
        PinVerifyStatus? status = identifier switch
        {
            _ when identifier.Is("WRONG_PIN") => PinVerifyStatus.WrongPin,
            _ when identifier.Has("EXPIRED") => PinVerifyStatus.Expired,
            _ when identifier.Has("ATTEMPTS") => PinVerifyStatus.AttemptsExhausted,
            _ when identifier.Is("PIN_NOT_FOUND") => PinVerifyStatus.UnknownPin,
            _ => null,
        };
        return status is { } known ? Tell(known, Finding.None, code) : null;
    }

    private static Verdict<PinVerifyAnswer> Tell(
        PinVerifyStatus status,
        Finding finding,
        string? code
    ) => new(new PinVerifyAnswer(status), finding, code);
}
