namespace Otp2fa.Web.Composition;

/// <summary>Event ids 5000 to 5099.</summary>
internal static partial class CompositionLog
{
    [LoggerMessage(
        5000,
        LogLevel.Warning,
        "A request came over http and was refused. Behind a proxy that ends TLS, name the proxy in Forwarding:KnownProxies or Forwarding:KnownNetworks"
    )]
    public static partial void HttpRefused(this ILogger logger);

    [LoggerMessage(5001, LogLevel.Information, "Otp2fa answers at {Addresses}")]
    public static partial void SiteStarted(this ILogger logger, string addresses);

    [LoggerMessage(5002, LogLevel.Information, "Codes are asked of Infobip at {Host}")]
    public static partial void UsingInfobip(this ILogger logger, string host);

    [LoggerMessage(
        5003,
        LogLevel.Information,
        "Codes are asked of the built-in Infobip simulator; read them on the web phone at {Phone}"
    )]
    public static partial void UsingSimulator(this ILogger logger, string phone);

    [LoggerMessage(5004, LogLevel.Warning, "A form of another site's page was refused")]
    public static partial void CrossSiteRefused(this ILogger logger);

    [LoggerMessage(
        5005,
        LogLevel.Warning,
        "A request was refused: its client or session sends more in a minute than may be"
    )]
    public static partial void TooManyRequests(this ILogger logger);

    [LoggerMessage(
        5006,
        LogLevel.Warning,
        "AllowedHosts is *: the site answers to every name. Set it to the names of the site"
    )]
    public static partial void AnyHostAllowed(this ILogger logger);
}
