using System.Globalization;
using Otp2fa.InfobipSimulator.Assumptions;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>The <c>Retry-After</c> header. Rounded up: a caller that waits as told must not be a moment early.</summary>
internal static class RetryAfter
{
    public static string? Of(RetryAfterStyle style, TimeSpan wait, DateTimeOffset now) =>
        style switch
        {
            RetryAfterStyle.None => null,
            RetryAfterStyle.Seconds => Seconds(wait).ToString(CultureInfo.InvariantCulture),
            RetryAfterStyle.Date => WholeSecond(now + wait)
                .ToString("R", CultureInfo.InvariantCulture),
        };

    private static long Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));

    private static DateTimeOffset WholeSecond(DateTimeOffset instant)
    {
        var excess = instant.Ticks % TimeSpan.TicksPerSecond;
        return excess == 0 ? instant : instant.AddTicks(TimeSpan.TicksPerSecond - excess);
    }
}
