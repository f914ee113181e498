using System.Text.Json.Serialization;
using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator.Faults;

/// <summary>
/// What goes wrong with a call. Members combine: a late answer with another body whose connection drips is one record.
/// Order: <see cref="Delay"/>, the operation (if it takes effect), <see cref="AnswerDelay"/>, then the answer or the cut.
/// All waiting is on the simulator's clock: with a clock that stands still it lasts until the clock is moved.
/// Authorization is checked first; a call with the wrong key uses up no fault.
/// </summary>
public sealed record Fault
{
    /// <summary>Waiting before the operation runs.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Waiting after the operation took effect and before the answer begins.</summary>
    public TimeSpan AnswerDelay { get; init; }

    /// <summary>
    /// The answer begins no sooner than this ends, whatever the clock says: for tests in this process that must know what
    /// happens first.
    /// </summary>
    [JsonIgnore]
    public Task AnswerAfter { get; init; } = Task.CompletedTask;

    /// <summary>
    /// Whether the operation runs although its answer is replaced or cut. Not said: it runs only if neither
    /// <see cref="Status"/>, <see cref="Body"/>, <see cref="BodyBytes"/> nor <see cref="Abort"/> is set.
    /// </summary>
    public bool? TakesEffect { get; init; }

    /// <summary>HTTP status; without a body of its own, 4xx and 5xx come with the error Infobip has for it.</summary>
    public int? Status { get; init; }

    /// <summary>The form of the error for <see cref="Status"/>; null follows the simulator's options.</summary>
    public ErrorEnvelope? Envelope { get; init; }

    /// <summary>Replaces the identifier of the error for <see cref="Status"/>.</summary>
    public string? MessageId { get; init; }

    /// <summary>The literal value of <c>Retry-After</c>: seconds, or an HTTP date.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Literal body in place of the operation's; empty is a body too.</summary>
    public string? Body { get; init; }

    /// <summary>A body of so many bytes of valid JSON in place of the operation's.</summary>
    public int? BodyBytes { get; init; }

    /// <summary>Goes with <see cref="Body"/>.</summary>
    public string ContentType { get; init; } = Answer.Json;

    /// <summary>Headers at once, then one byte of the body per so much time.</summary>
    public TimeSpan? BytePause { get; init; }

    /// <summary>Cut the connection in place of the answer.</summary>
    public bool Abort { get; init; }

    /// <summary>What a send or resend reports as <c>ncStatus</c>; the two unreachable ones withhold the message. No lookup, no effect.</summary>
    public string? NcStatus { get; init; }

    /// <summary>What a send or resend reports as <c>smsStatus</c>; anything but MESSAGE_SENT keeps the message off the phone.</summary>
    public string? SmsStatus { get; init; }

    /// <summary>What a call reports as <c>callStatus</c>; one that says the call was not placed keeps it off the phone.</summary>
    public string? CallStatus { get; init; }

    [JsonIgnore]
    internal bool RunsOperation =>
        TakesEffect ?? (Status is null && Body is null && BodyBytes is null && !Abort);

    /// <summary>What makes the fault impossible to act out, as a sentence; null when it can be.</summary>
    internal string? Problem() =>
        this switch
        {
            { Delay.Ticks: < 0 } or { AnswerDelay.Ticks: < 0 } or { BytePause.Ticks: < 0 } =>
                "A fault cannot wait for less than no time.",
            { Status: < 200 or > 599 } => "The status of a fault is from 200 to 599.",
            { BodyBytes: < 8 or > 100_000_000 } =>
                "The size of a body is from 8 bytes to 100 million.",
            _ => null,
        };

    public static Fault Delayed(TimeSpan delay) => new() { Delay = delay };

    /// <summary>The operation takes effect at once and its answer comes late, perhaps after the caller has given up.</summary>
    public static Fault AnsweredLate(TimeSpan delay) => new() { AnswerDelay = delay };

    /// <summary>The operation takes effect at once and its answer is held back until <paramref name="release"/> ends.</summary>
    public static Fault HeldUntil(Task release) => new() { AnswerAfter = release };

    public static Fault WithStatus(int status, ErrorEnvelope? envelope = null) =>
        new() { Status = status, Envelope = envelope };

    public static Fault Throttled(string? retryAfter = null) =>
        new() { Status = StatusCodes.Status429TooManyRequests, RetryAfter = retryAfter };

    /// <summary>A body of any kind and status; the operation does not take effect.</summary>
    public static Fault WithBody(
        string body,
        string contentType = Answer.Json,
        int status = StatusCodes.Status200OK
    ) =>
        new()
        {
            Status = status,
            Body = body,
            ContentType = contentType,
        };

    public static Fault MalformedBody() => WithBody("{\"pinId\":\"");

    public static Fault EmptyBody(int status = StatusCodes.Status200OK) =>
        WithBody(string.Empty, status: status);

    public static Fault HtmlBody(int status = StatusCodes.Status502BadGateway) =>
        WithBody("<html><body><h1>Bad gateway</h1></body></html>", "text/html", status);

    public static Fault HugeBody(int bytes) =>
        new() { Status = StatusCodes.Status200OK, BodyBytes = bytes };

    /// <summary>The operation takes effect, and its answer keeps the status but says something else.</summary>
    public static Fault AnsweredWith(string body) => new() { Body = body, TakesEffect = true };

    /// <summary>A send is answered with 200 and MESSAGE_NOT_SENT.</summary>
    public static Fault MessageNotSent() => new() { SmsStatus = "MESSAGE_NOT_SENT" };

    /// <summary>Number lookup says no, under the name Infobip's rule text uses.</summary>
    public static Fault NumberNotReachable() => new() { NcStatus = "NC_NOT_REACHABLE" };

    public static Fault CutBefore() => new() { Abort = true };

    public static Fault CutAfter() => new() { Abort = true, TakesEffect = true };

    public static Fault Dripping() => new() { BytePause = TimeSpan.FromSeconds(1) };
}
