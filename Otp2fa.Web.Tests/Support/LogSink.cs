using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace Otp2fa.Web.Tests.Support;

/// <summary>Keeps every log event of a site as text, with message, properties and exception.</summary>
internal sealed class LogSink : ILogEventSink
{
    private readonly ConcurrentQueue<string> lines = new();

    private readonly ConcurrentQueue<LogEvent> audited = new();

    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>What the audit log was told.</summary>
    public IReadOnlyCollection<LogEvent> Audited => audited;

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Properties.ContainsKey("AuditEventId"))
        {
            audited.Enqueue(logEvent);
        }

        lines.Enqueue(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{logEvent.Level} {logEvent.RenderMessage(CultureInfo.InvariantCulture)} {string.Join(' ', logEvent.Properties.Select(p => $"{p.Key}={p.Value}"))} {logEvent.TraceId} {logEvent.Exception}"
            )
        );
    }
}
