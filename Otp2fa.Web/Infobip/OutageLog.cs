namespace Otp2fa.Web.Infobip;

/// <summary>Event ids 3050 to 3099.</summary>
internal static partial class OutageLog
{
    [LoggerMessage(
        3050,
        LogLevel.Error,
        "Infobip {Calls} fail or are slow: none is made for {Pause}, then the site tries by itself. People are told that codes are delayed"
    )]
    public static partial void CircuitOpened(this ILogger logger, string calls, TimeSpan pause);

    [LoggerMessage(3051, LogLevel.Warning, "Infobip {Calls} work again after {Outage}")]
    public static partial void CircuitClosed(this ILogger logger, string calls, TimeSpan outage);

    [LoggerMessage(
        3052,
        LogLevel.Warning,
        "Outage:Declared is true: Infobip is not asked, and people are told that codes are delayed"
    )]
    public static partial void OutageDeclared(this ILogger logger);

    [LoggerMessage(3053, LogLevel.Warning, "Outage:Declared is false: Infobip is asked again")]
    public static partial void OutageRevoked(this ILogger logger);

    [LoggerMessage(
        3054,
        LogLevel.Warning,
        "Infobip {Calls}: as many are under way and waiting as Outage:MaxConcurrentCalls and Outage:MaxWaitingCalls allow; more are not made. Told once in {Window}"
    )]
    public static partial void TooManyCalls(this ILogger logger, string calls, TimeSpan window);
}
