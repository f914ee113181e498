using System.Globalization;
using System.Text.RegularExpressions;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>Lengths of time and limits as Infobip writes them: <c>5m</c>, <c>12/1d</c>; a count of time that is left out is 1.</summary>
internal static partial class InfobipNotation
{
    /// <returns>Null for what is not in that notation.</returns>
    public static TimeSpan? ReadTime(string? text)
    {
        if (text is null || Time().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var count =
            match.Groups["n"].Length == 0
                ? 1
                : long.Parse(match.Groups["n"].ValueSpan, CultureInfo.InvariantCulture);
        long ticks = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            _ => TimeSpan.TicksPerDay,
        };
        return count <= long.MaxValue / ticks ? TimeSpan.FromTicks(count * ticks) : null;
    }

    /// <inheritdoc cref="ReadTime"/>
    public static (int Count, TimeSpan Window)? ReadLimit(string? text) =>
        text?.Split('/') is [var count, var window]
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
        && ReadTime(window) is { } length
        && length > TimeSpan.Zero
            ? (most, length)
            : null;

    /// <summary>In the largest unit that leaves no rest.</summary>
    public static string Write(TimeSpan time)
    {
        var (count, unit) =
            time.Ticks % TimeSpan.TicksPerDay == 0 ? (time.TotalDays, "d")
            : time.Ticks % TimeSpan.TicksPerHour == 0 ? (time.TotalHours, "h")
            : time.Ticks % TimeSpan.TicksPerMinute == 0 ? (time.TotalMinutes, "m")
            : time.Ticks % TimeSpan.TicksPerSecond == 0 ? (time.TotalSeconds, "s")
            : (time.TotalMilliseconds, "ms");
        return string.Create(CultureInfo.InvariantCulture, $"{count:0}{unit}");
    }

    [GeneratedRegex(
        @"^(?<n>[0-9]{0,15})(?<unit>ms|s|m|h|d)\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Time();
}
