namespace Otp2fa.Web.Operations.Users;

/// <summary>Event ids 7000 to 7099.</summary>
internal static partial class UsersLog
{
    [LoggerMessage(7000, LogLevel.Warning, "An operator ended the lockout: user {UserId}")]
    public static partial void Unlocked(this ILogger logger, string userId);

    [LoggerMessage(7001, LogLevel.Warning, "An operator ended all sessions: user {UserId}")]
    public static partial void SessionsEnded(this ILogger logger, string userId);
}
