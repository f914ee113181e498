using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Otp2fa.Web.Tests.Support;

/// <summary>
/// Keeps spans and measurements as text, with all their tags: those of one site, or all of the process, other tests'
/// included.
/// </summary>
internal sealed class TelemetrySink : IDisposable
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ActivityListener spans;
    private readonly MeterListener meters;

    /// <summary>All of the process.</summary>
    public TelemetrySink()
        : this(_ => true, _ => true) { }

    /// <param name="scope">Whose meters.</param>
    /// <param name="trace">Whose spans, as spans know of no site; null for none.</param>
    public TelemetrySink(IMeterFactory scope, ActivityTraceId? trace)
        : this(meter => meter.Scope == scope, span => span.TraceId == trace) { }

    private TelemetrySink(Func<Meter, bool> isWantedMeter, Func<Activity, bool> isWantedSpan)
    {
        spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (isWantedSpan(activity))
                {
                    lines.Enqueue(
                        $"trace {activity.Source.Name} {activity.DisplayName} {Text(activity.TagObjects)} {string.Join(' ', activity.Baggage)}"
                    );
                }
            },
        };
        ActivitySource.AddActivityListener(spans);
        meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (isWantedMeter(instrument.Meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>(Keep);
        meters.SetMeasurementEventCallback<int>(Keep);
        meters.SetMeasurementEventCallback<double>(Keep);
        meters.Start();
    }

    public IReadOnlyCollection<string> Lines => lines;

    public void Dispose()
    {
        spans.Dispose();
        meters.Dispose();
    }

    private void Keep<T>(
        Instrument instrument,
        T value,
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        object? state
    ) => lines.Enqueue($"metric {instrument.Name} {value} {Text(tags.ToArray())}");

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
