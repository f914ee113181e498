namespace Otp2fa.Web.Operations.Setup;

/// <summary>Event ids 7100 to 7199.</summary>
internal static partial class SetupLog
{
    [LoggerMessage(
        7100,
        LogLevel.Error,
        "The set-up at Infobip fails the check {Check} ({Found}): {Why} {Mend}"
    )]
    public static partial void SetupFails(
        this ILogger logger,
        string check,
        string found,
        string why,
        string mend
    );

    [LoggerMessage(
        7101,
        LogLevel.Warning,
        "The set-up at Infobip could be better, check {Check} ({Found}): {Why} {Mend}"
    )]
    public static partial void SetupCouldBeBetter(
        this ILogger logger,
        string check,
        string found,
        string why,
        string mend
    );

    [LoggerMessage(
        7102,
        LogLevel.Error,
        "The set-up at Infobip could not be looked at; the next look is in ten minutes"
    )]
    public static partial void SetupNotLookedAt(this ILogger logger, Exception exception);
}
