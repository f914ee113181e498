using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Everything Infobip can do wrong. What is not said of a row: it is an outage, at every call.</summary>
internal static class FaultRows
{
    public static IReadOnlyDictionary<string, FaultRow> All { get; } =
        new Dictionary<string, FaultRow>(StringComparer.Ordinal)
        {
            ["time-out"] = Met(Fault.AnsweredLate(TimeSpan.FromDays(1))) with { IsEndless = true },
            ["refused"] = new FaultRow(),
            ["400"] = Met(Fault.WithStatus(400, ErrorEnvelope.Legacy))
                .AtSends(PinSendStatus.Rejected),
            ["400 in the platform's envelope"] = Met(Fault.WithStatus(400, ErrorEnvelope.Platform))
                .AtSends(PinSendStatus.Rejected),
            ["401"] = Met(Fault.WithStatus(401)).AtSends(PinSendStatus.Misconfigured),
            ["403"] = Met(Fault.WithStatus(403)).AtSends(PinSendStatus.Misconfigured),
            ["404"] = Met(Fault.WithStatus(404)).AtSends(PinSendStatus.UnknownPin) with
            {
                AtSend = PinSendStatus.Rejected,
                AtCheck = PinSubmissionStatus.Expired,
            },
            ["429"] = Throttled(Fault.Throttled(), PinSendStatus.Throttled),
            ["429 with Retry-After"] = Throttled(Fault.Throttled("30"), PinSendStatus.Busy),
            ["429 in the platform's envelope"] = Throttled(
                Fault.WithStatus(429, ErrorEnvelope.Platform),
                PinSendStatus.Throttled
            ),
            ["500"] = Met(Fault.WithStatus(500, ErrorEnvelope.Legacy)),
            ["500 in the platform's envelope"] = Met(Fault.WithStatus(500, ErrorEnvelope.Platform)),
            ["503"] = Met(Fault.WithStatus(503, ErrorEnvelope.Legacy)),
            ["503 in the platform's envelope"] = Met(Fault.WithStatus(503, ErrorEnvelope.Platform)),
            ["empty"] = Met(Fault.EmptyBody()),
            ["HTML"] = Met(Fault.HtmlBody(200)),
            ["truncated"] = Said(right => right.Text[..^1]),
            ["duplicate keys"] = Said(right =>
                $"{right.Text[..^1]},\"pinId\":\"{right.PinId}\",\"verified\":true}}"
            ),
            ["byte order mark"] = Said(right => $"\ufeff{right.Text}")
                .AtSends(PinSendStatus.Sent) with
            {
                AtCheck = PinSubmissionStatus.Verified,
            },
            // White space after its end leaves JSON right.
            ["50 MB"] = Said(right => right.Text.PadRight(50_000_000)),
            ["one byte per second"] = Met(Fault.Dripping()) with { IsEndless = true },
            ["redirect"] = Elsewhere(right =>
                UpstreamScripts.Json(302, right.Text, "Location: /2fa/2/elsewhere")
            ),
            ["redirect that keeps the method"] = Elsewhere(right =>
                UpstreamScripts.Json(307, right.Text, "Location: /2fa/2/elsewhere")
            ),
            ["cut before"] = Met(Fault.CutBefore()),
            ["cut in between"] = Elsewhere(right =>
                UpstreamScripts.Raw(
                    $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{right.Text}"
                )
            ),
            ["cut after"] = Met(Fault.CutAfter()),
            ["foreign number"] = Said(right => (right with { Digits = "447700900999" }).Text),
            // A send has no id to compare with: this one is the new code's.
            ["foreign pinId"] = Said(right => (right with { PinId = "FOREIGN" }).Text) with
            {
                AtSend = PinSendStatus.Sent,
            },
            ["verified as text"] = Verdict("\"true\""),
            ["verified as a number"] = Verdict("1"),
            ["verified null"] = Verdict("null"),
            ["verified an array"] = Verdict("[true]"),
            ["verified missing"] = Verdict(null),
            ["message not sent"] = Met(Fault.MessageNotSent())
                .AtSends(PinSendStatus.NotSent)
                .OfSendsOnly() with
            {
                AtCall = null,
            },
            // Nobody looks a number up before a call.
            ["phone not reachable"] = Met(Fault.NumberNotReachable())
                .AtSends(PinSendStatus.Unreachable)
                .OfSendsOnly() with
            {
                AtCall = null,
            },
            ["call not placed"] = Met(new Fault { CallStatus = "BAD_REQUEST" }).OfSendsOnly() with
            {
                AtSend = null,
                AtResend = null,
                AtCall = PinSendStatus.NotSent,
            },
            ["number refused"] = Met(
                    Fault.WithBody(
                        """{"errorCode":"E400","violations":[{"property":"to","violation":"x"}]}""",
                        status: 400
                    )
                )
                .AtSends(PinSendStatus.NumberRefused)
                .OfSendsOnly(),
        };

    private static FaultRow Met(Fault fault) => new() { Fault = _ => fault };

    private static FaultRow Said(Func<RightAnswer, string> body) =>
        new() { Fault = right => Fault.AnsweredWith(body(right)) };

    private static FaultRow Elsewhere(Func<RightAnswer, UpstreamScript> script) =>
        new() { Instead = script };

    private static FaultRow Throttled(Fault fault, PinSendStatus atSends) =>
        Met(fault).AtSends(atSends) with
        {
            AtCheck = PinSubmissionStatus.Throttled,
        };

    // A send's answer has no verdict, and whatever stands there is passed over.
    private static FaultRow Verdict(string? verified) =>
        Said(right => (right with { Verified = verified }).Text).AtSends(PinSendStatus.Sent);
}
