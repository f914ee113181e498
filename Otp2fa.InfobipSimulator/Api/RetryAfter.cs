using System.Globalization;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>The <c>Retry-After</c> header in its form of whole seconds.</summary>
internal static class RetryAfter
{
    /// <summary>Rounded up: a caller that waits as told must not be a moment early.</summary>
    public static string Seconds(TimeSpan wait) =>
        Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
