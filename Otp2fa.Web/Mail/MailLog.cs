using Otp2fa.Web.Data;

namespace Otp2fa.Web.Mail;

/// <summary>Event ids 6000 to 6099. Nobody's address, and no link.</summary>
internal static partial class MailLog
{
    [LoggerMessage(
        6000,
        LogLevel.Warning,
        "Mail {Id} ({Kind}) was not sent at try {Try}: {Reason}. Tried again after {Next}"
    )]
    public static partial void Postponed(
        this ILogger logger,
        long id,
        MailKind kind,
        int @try,
        string reason,
        DateTimeOffset next
    );

    [LoggerMessage(
        6001,
        LogLevel.Error,
        "Alarm: mail {Id} ({Kind}) is set aside after {Tries} tries: {Reason}. Nobody is told by it any more"
    )]
    public static partial void SetAside(
        this ILogger logger,
        long id,
        MailKind kind,
        int tries,
        string reason
    );

    [LoggerMessage(6002, LogLevel.Error, "Mail {Id} ({Kind}) could not be written")]
    public static partial void NotWritten(
        this ILogger logger,
        long id,
        MailKind kind,
        Exception exception
    );

    [LoggerMessage(
        6003,
        LogLevel.Error,
        "Mails could not be sent; tried again until it works, which is not logged each time"
    )]
    public static partial void RoundFailed(this ILogger logger, Exception exception);
}
