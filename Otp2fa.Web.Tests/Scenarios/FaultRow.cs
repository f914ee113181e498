using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>
/// A right answer to the call a row spoils: it would pass at a send, a resend, a call and a check alike, each of which
/// passes over the members of the others.
/// </summary>
/// <param name="PinId">The one asked about; at a send, which has none yet, any.</param>
/// <param name="Digits">The number asked about, without its plus sign.</param>
internal sealed record RightAnswer(string PinId, string Digits)
{
    /// <summary>JSON; null for an answer without a verdict.</summary>
    public string? Verified { get; init; } = "true";

    public string Text =>
        $$"""{"pinId":"{{PinId}}","to":"{{Digits}}","msisdn":"{{Digits}}","smsStatus":"MESSAGE_SENT","callStatus":"PENDING_ACCEPTED"{{(
            Verified is null ? "" : $",\"verified\":{Verified}"
        )}}}""";
}

/// <summary>
/// One thing that is wrong with one call to Infobip while all else about it is right, and what comes of it. Neither
/// <see cref="Fault"/> nor <see cref="Instead"/>: nothing listens there.
/// </summary>
internal sealed record FaultRow
{
    /// <summary>What the simulator does.</summary>
    public Func<RightAnswer, Fault>? Fault { get; init; }

    /// <summary>What another server does in its place, where the simulator cannot.</summary>
    public Func<RightAnswer, UpstreamScript>? Instead { get; init; }

    /// <summary>Of a new code; null where there is no such row.</summary>
    public PinSendStatus? AtSend { get; init; } = PinSendStatus.Unavailable;

    /// <summary>Of the same code by message once more.</summary>
    public PinSendStatus? AtResend { get; init; } = PinSendStatus.Unavailable;

    /// <summary>Of the same code by a telephone call.</summary>
    public PinSendStatus? AtCall { get; init; } = PinSendStatus.Unavailable;

    /// <summary>Of the right code, typed.</summary>
    public PinSubmissionStatus? AtCheck { get; init; } = PinSubmissionStatus.ProviderDown;

    /// <summary>Ends only with the site's own time-out, which is cut short for it.</summary>
    public bool IsEndless { get; init; }

    /// <summary>How many requests arrive, wherever.</summary>
    public int Calls => Fault is null && Instead is null ? 0 : 1;

    public FaultRow AtSends(PinSendStatus status) =>
        this with
        {
            AtSend = status,
            AtResend = status,
            AtCall = status,
        };

    public FaultRow OfSendsOnly() => this with { AtCheck = null };
}
