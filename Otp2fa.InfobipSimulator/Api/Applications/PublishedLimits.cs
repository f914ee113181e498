using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Applications;

/// <summary>The limits Infobip publishes for the operations on applications, each for the whole account.</summary>
internal static class PublishedLimits
{
    public static RateLimit List { get; } = RateLimit.Parse("50/10m");

    public static RateLimit Create { get; } = RateLimit.Parse("20/10m");

    public static RateLimit Read { get; } = RateLimit.Parse("100/10m");

    public static RateLimit Update { get; } = RateLimit.Parse("40/10m");
}
