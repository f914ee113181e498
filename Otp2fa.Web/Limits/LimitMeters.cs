using System.Diagnostics.Metrics;

namespace Otp2fa.Web.Limits;

/// <summary>Meter <c>Otp2fa.Limits</c>.</summary>
internal sealed class LimitMeters
{
    public const string MeterName = "Otp2fa.Limits";

    public const string AlarmsName = "otp2fa.limits.alarms";

    private readonly Counter<long> alarms;

    public LimitMeters(IMeterFactory meters) =>
        alarms = meters
            .Create(MeterName)
            .CreateCounter<long>(AlarmsName, "{alarm}", "Alarms about codes sent, once a window");

    /// <param name="limit">Which limit, without anybody's key.</param>
    /// <param name="step">How far it has gone.</param>
    public void Alarm(string limit, AlarmStep step) =>
        alarms.Add(1, new("limit", limit), new("step", step.ToString()));
}
