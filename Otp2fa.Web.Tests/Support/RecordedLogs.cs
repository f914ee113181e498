using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Otp2fa.Web.Tests.Support;

internal sealed record RecordedLog(string Category, LogLevel Level, EventId Event, string Text);

/// <summary>
/// Keeps every log entry of every category and level, with all that a sink could print of it: message, template values,
/// scopes, and the whole exception.
/// </summary>
internal sealed class RecordedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<RecordedLog> _entries = new();

    public IReadOnlyList<RecordedLog> Entries => [.. _entries];

    public IEnumerable<RecordedLog> From<T>() =>
        Entries.Where(e => e.Category == typeof(T).FullName);

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void Dispose() { }

    private static string Print(object? state) =>
        state is IEnumerable<KeyValuePair<string, object?>> values
            ? string.Join('|', values.Select(v => $"{v.Key}={v.Value}"))
            : Convert.ToString(state, CultureInfo.InvariantCulture) ?? string.Empty;

    private sealed class Recorder(RecordedLogs logs, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            logs._entries.Enqueue(
                new RecordedLog(category, LogLevel.None, default, $"{state} {Print(state)}")
            );
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) =>
            logs._entries.Enqueue(
                new RecordedLog(
                    category,
                    logLevel,
                    eventId,
                    $"{formatter(state, exception)} {Print(state)} {exception}"
                )
            );
    }
}
