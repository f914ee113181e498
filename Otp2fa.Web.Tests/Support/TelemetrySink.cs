using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Otp2fa.Web.Tests.Support;

/// <summary>Keeps every span and every measurement of the process as text, with all their tags.</summary>
internal sealed class TelemetrySink : IDisposable
{
    private readonly ConcurrentQueue<string> lines = new();
    private readonly ActivityListener spans;
    private readonly MeterListener meters;

    /// <param name="scope">Whose meters; null for those of the whole process. Spans have no scope.</param>
    public TelemetrySink(IMeterFactory? scope = null)
    {
        spans = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
                lines.Enqueue(
                    $"trace {activity.Source.Name} {activity.DisplayName} {Text(activity.TagObjects)} {string.Join(' ', activity.Baggage)}"
                ),
        };
        ActivitySource.AddActivityListener(spans);
        meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (scope is null || instrument.Meter.Scope == scope)
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
