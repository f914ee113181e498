using System.Diagnostics.Metrics;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// What became of codes, counted by purpose and country: no number, no account, no code. The share of sent codes that are
/// verified is the first sign of SMS pumping.
/// </summary>
internal sealed class PinMeters
{
    public const string MeterName = "Otp2fa.TwoFactor";

    public const string SendsName = "otp2fa.pin.sends";

    public const string ChecksName = "otp2fa.pin.checks";

    public const string DenialsName = "otp2fa.pin.denials";

    public const string DurationName = "otp2fa.pin.duration";

    private readonly Counter<long> sends;
    private readonly Counter<long> checks;
    private readonly Counter<long> denials;
    private readonly Histogram<double> durations;
    private readonly TimeProvider time;

    public PinMeters(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(MeterName);
        sends = meter.CreateCounter<long>(
            SendsName,
            "{send}",
            "Codes asked for at the provider, by what became of it"
        );
        checks = meter.CreateCounter<long>(
            ChecksName,
            "{check}",
            "Typed codes, by what became of them"
        );
        denials = meter.CreateCounter<long>(
            DenialsName,
            "{denial}",
            "Codes that the site's own rules kept from being asked for, by the reason"
        );
        durations = meter.CreateHistogram<double>(
            DurationName,
            "s",
            "How long the provider kept a person waiting"
        );
    }

    /// <summary>Makes one call of the provider and keeps how long it took.</summary>
    /// <param name="operation"><c>send</c>, <c>resend</c> or <c>check</c>.</param>
    /// <param name="purpose">What the code is for.</param>
    /// <param name="number">Only its country is kept.</param>
    /// <param name="call">The call.</param>
    public async Task<T> TimeAsync<T>(
        string operation,
        ChallengePurpose purpose,
        PhoneNumber number,
        Func<Task<T>> call
    )
    {
        var started = time.GetTimestamp();
        var answer = await call();
        durations.Record(
            time.GetElapsedTime(started).TotalSeconds,
            new("operation", operation),
            new("purpose", purpose.ToString()),
            new("country", NumberRules.CountryOf(number))
        );
        return answer;
    }

    /// <param name="purpose">What the code was for.</param>
    /// <param name="to">Only its country is kept.</param>
    /// <param name="channel">How it was to go out.</param>
    /// <param name="isResend">Whether the same PIN was asked for once more.</param>
    /// <param name="outcome">What became of it.</param>
    public void Sent(
        ChallengePurpose purpose,
        PhoneNumber to,
        PinChannel channel,
        bool isResend,
        PinSendStatus outcome
    ) =>
        sends.Add(
            1,
            new("purpose", purpose.ToString()),
            new("country", NumberRules.CountryOf(to)),
            new("channel", channel.ToString()),
            new("resend", isResend),
            new("outcome", outcome.ToString())
        );

    /// <param name="purpose">What the code was for.</param>
    /// <param name="to">Only its country is kept.</param>
    /// <param name="reason">Why it was not asked for.</param>
    public void Denied(ChallengePurpose purpose, PhoneNumber to, SendRefusal reason) =>
        denials.Add(
            1,
            new("purpose", purpose.ToString()),
            new("country", NumberRules.CountryOf(to)),
            new("reason", reason.ToString())
        );

    public void Checked(
        ChallengePurpose purpose,
        PhoneNumber number,
        PinSubmissionStatus outcome
    ) =>
        checks.Add(
            1,
            new("purpose", purpose.ToString()),
            new("country", NumberRules.CountryOf(number)),
            new("outcome", outcome.ToString())
        );
}
