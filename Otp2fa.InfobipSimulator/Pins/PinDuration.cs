using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// A length of time in Infobip's notation: a number and a unit (<c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c>),
/// where a left-out number means one. Never zero, never longer than a year (taken as 365 days).
/// </summary>
public sealed record PinDuration
{
    /// <summary>Infobip's upper bound of pinTimeToLive and of the send limits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private readonly string notation;

    private PinDuration(TimeSpan value, string notation)
    {
        Value = value;
        this.notation = notation;
    }

    public TimeSpan Value { get; }

    /// <exception cref="FormatException">The text is not a duration in Infobip's notation.</exception>
    public static PinDuration Parse(string text) =>
        TryParse(text, out var duration)
            ? duration
            : throw new FormatException(
                $"'{text}' is not a duration such as 5m, 15s or h, of at most one year."
            );

    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out PinDuration? duration
    )
    {
        duration = null;
        if (text is null)
        {
            return false;
        }

        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        // Ordinal and lower case only: "M" is not documented, and guessing minutes for it would hide a typing error.
        var ticksPerUnit = text[digits..] switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => 0,
        };
        var count = 1L;
        if (
            ticksPerUnit == 0
            || (
                digits > 0
                && !long.TryParse(text.AsSpan(0, digits), CultureInfo.InvariantCulture, out count)
            )
            || count < 1
            || count > Longest.Ticks / ticksPerUnit
        )
        {
            return false;
        }

        duration = new PinDuration(TimeSpan.FromTicks(count * ticksPerUnit), text);
        return true;
    }

    public bool Equals(PinDuration? other) => other is not null && other.Value == Value;

    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>The notation as it was given; Infobip answers with what it was told.</summary>
    public override string ToString() => notation;
}
