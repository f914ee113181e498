namespace Otp2fa.Web.Accounts;

/// <summary>Event ids 1000 to 1099.</summary>
internal static partial class AccountsLog
{
    [LoggerMessage(1000, LogLevel.Information, "Signed in: user {UserId}, method {Method}")]
    public static partial void SignedIn(this ILogger logger, string userId, string method);

    [LoggerMessage(1001, LogLevel.Information, "Signed out: user {UserId}")]
    public static partial void SignedOut(this ILogger logger, string userId);

    [LoggerMessage(1002, LogLevel.Debug, "A session cookie without a live session was refused")]
    public static partial void SessionRefused(this ILogger logger);

    [LoggerMessage(
        1003,
        LogLevel.Warning,
        "A pending ticket of {Scheme} was not renewed: other user, or no live row"
    )]
    public static partial void PendingTicketNotRenewed(this ILogger logger, string scheme);

    [LoggerMessage(
        1004,
        LogLevel.Warning,
        "A pending ticket of {Scheme} cannot be read: its key is not in the key ring"
    )]
    public static partial void PendingTicketUnreadable(this ILogger logger, string scheme);

    [LoggerMessage(
        1012,
        LogLevel.Error,
        "A pending ticket of {Scheme} could not be rewritten; it stays as it was"
    )]
    public static partial void PendingTicketRenewalFailed(
        this ILogger logger,
        string scheme,
        Exception exception
    );

    [LoggerMessage(
        1005,
        LogLevel.Information,
        "Phone number proved: user {UserId}, number ending {LastDigits}"
    )]
    public static partial void NumberProved(this ILogger logger, string userId, string lastDigits);

    [LoggerMessage(
        1006,
        LogLevel.Information,
        "Two-factor authentication turned on: user {UserId}"
    )]
    public static partial void TwoFactorOn(this ILogger logger, string userId);

    [LoggerMessage(1007, LogLevel.Warning, "Two-factor authentication turned off: user {UserId}")]
    public static partial void TwoFactorOff(this ILogger logger, string userId);

    [LoggerMessage(1013, LogLevel.Information, "New recovery codes made: user {UserId}")]
    public static partial void RecoveryCodesMade(this ILogger logger, string userId);

    [LoggerMessage(1016, LogLevel.Warning, "Authenticator app set up: user {UserId}")]
    public static partial void AppAdded(this ILogger logger, string userId);

    [LoggerMessage(1017, LogLevel.Warning, "Authenticator app removed: user {UserId}")]
    public static partial void AppRemoved(this ILogger logger, string userId);

    [LoggerMessage(1018, LogLevel.Warning, "Phone number removed: user {UserId}")]
    public static partial void NumberRemoved(this ILogger logger, string userId);

    [LoggerMessage(
        1019,
        LogLevel.Warning,
        "All second factors were taken away by an operator: user {UserId}"
    )]
    public static partial void TwoFactorReset(this ILogger logger, string userId);

    [LoggerMessage(
        1020,
        LogLevel.Warning,
        "Accounts:TwoFactorRequiredRole names the role {Role}, which does not exist: nobody has to have two-factor authentication on"
    )]
    public static partial void RequiredRoleMissing(this ILogger logger, string role);

    [LoggerMessage(1021, LogLevel.Warning, "Password changed: user {UserId}")]
    public static partial void PasswordChanged(this ILogger logger, string userId);

    [LoggerMessage(1022, LogLevel.Warning, "Account deleted by its owner: user {UserId}")]
    public static partial void AccountDeleted(this ILogger logger, string userId);

    [LoggerMessage(1023, LogLevel.Warning, "Password reset by a mailed link: user {UserId}")]
    public static partial void PasswordReset(this ILogger logger, string userId);

    [LoggerMessage(1024, LogLevel.Warning, "E-mail address changed: user {UserId}")]
    public static partial void EmailChanged(this ILogger logger, string userId);

    [LoggerMessage(
        1025,
        LogLevel.Warning,
        "The owner says that somebody else was at the account; sessions and password ended: user {UserId}"
    )]
    public static partial void ReportedAsForeign(this ILogger logger, string userId);

    [LoggerMessage(1008, LogLevel.Warning, "Password step refused: {Reason}")]
    public static partial void PasswordRefused(this ILogger logger, string reason);

    [LoggerMessage(
        1013,
        LogLevel.Warning,
        "A password was not checked: {Limit} has used up its wrong ones"
    )]
    public static partial void PasswordNotChecked(this ILogger logger, string limit);

    [LoggerMessage(1009, LogLevel.Information, "Registered: user {UserId}")]
    public static partial void Registered(this ILogger logger, string userId);

    [LoggerMessage(
        1010,
        LogLevel.Information,
        "Expired rows removed: {Tickets} pending tickets, {Sessions} sessions, {Challenges} challenges, {Uses} uses of limits"
    )]
    public static partial void Purged(
        this ILogger logger,
        int tickets,
        int sessions,
        int challenges,
        int uses
    );

    [LoggerMessage(
        1011,
        LogLevel.Error,
        "Expired rows could not be removed; tried again at the next round"
    )]
    public static partial void PurgeFailed(this ILogger logger, Exception exception);
}
