using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// So many requests per length of time, in Infobip's notation <c>{count}/{n}{unit}</c>: <c>1/3s</c>, <c>12/1d</c>,
/// <c>2/m</c>.
/// </summary>
public sealed record RateLimit
{
    private RateLimit(int count, PinDuration period)
    {
        Count = count;
        Period = period;
    }

    public int Count { get; }

    public PinDuration Period { get; }

    /// <exception cref="FormatException">The text is not a limit in Infobip's notation.</exception>
    public static RateLimit Parse(string text) =>
        TryParse(text, out var limit)
            ? limit
            : throw new FormatException($"'{text}' is not a limit such as 1/3s, 12/1d or 2/m.");

    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out RateLimit? limit
    )
    {
        limit = null;
        if (
            text?.Split('/') is not [var count, var period]
            || !int.TryParse(
                count,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var requests
            )
            || requests < 1
            || !PinDuration.TryParse(period, out var duration)
        )
        {
            return false;
        }

        limit = new RateLimit(requests, duration);
        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count}/{Period}");
}
