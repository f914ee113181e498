using Otp2fa.Web.Data;

namespace Otp2fa.Web.TwoFactor;

/// <summary>Event ids 2000 to 2099. Never a PIN, a pinId or more of a number than two digits.</summary>
internal static partial class TwoFactorLog
{
    [LoggerMessage(
        2000,
        LogLevel.Information,
        "Code for {Purpose} sent: user {UserId}, challenge {ChallengeId}, number ending {LastDigits}"
    )]
    public static partial void CodeSent(
        this ILogger logger,
        ChallengePurpose purpose,
        string userId,
        long challengeId,
        string lastDigits
    );

    [LoggerMessage(
        2001,
        LogLevel.Warning,
        "Code for {Purpose} not sent: user {UserId}, challenge {ChallengeId}, {Status}"
    )]
    public static partial void CodeNotSent(
        this ILogger logger,
        ChallengePurpose purpose,
        string userId,
        long challengeId,
        PinSendStatus status
    );

    [LoggerMessage(
        2002,
        LogLevel.Information,
        "Code for {Purpose} overtaken by a newer one: user {UserId}, challenge {ChallengeId}"
    )]
    public static partial void CodeOvertaken(
        this ILogger logger,
        ChallengePurpose purpose,
        string userId,
        long challengeId
    );

    [LoggerMessage(
        2003,
        LogLevel.Information,
        "Code for {Purpose} verified: user {UserId}, challenge {ChallengeId}"
    )]
    public static partial void CodeVerified(
        this ILogger logger,
        ChallengePurpose purpose,
        string userId,
        long challengeId
    );

    [LoggerMessage(
        2004,
        LogLevel.Warning,
        "Code for {Purpose} refused: user {UserId}, challenge {ChallengeId}, {Status}"
    )]
    public static partial void CodeRefused(
        this ILogger logger,
        ChallengePurpose purpose,
        string userId,
        long challengeId,
        PinSubmissionStatus status
    );

    [LoggerMessage(
        2007,
        LogLevel.Information,
        "Code for SignIn kept for a new attempt of the same browser: user {UserId}, challenge {ChallengeId}"
    )]
    public static partial void CodeKept(this ILogger logger, string userId, long challengeId);

    [LoggerMessage(
        2008,
        LogLevel.Warning,
        "Code for {Purpose} not asked for: user {UserId}, {Reason}"
    )]
    public static partial void CodeDenied(
        this ILogger logger,
        ChallengePurpose purpose,
        string userId,
        SendRefusal reason
    );

    [LoggerMessage(
        2009,
        LogLevel.Error,
        "Codes switched off for user {UserId}: {Count} wrong ones in a row. Somebody may be guessing; a number must be bound again"
    )]
    public static partial void SwitchedOff(this ILogger logger, string userId, int count);

    [LoggerMessage(
        2006,
        LogLevel.Information,
        "Code for {Purpose} sent again by {Channel}: user {UserId}, challenge {ChallengeId}"
    )]
    public static partial void CodeResent(
        this ILogger logger,
        ChallengePurpose purpose,
        string userId,
        long challengeId,
        PinChannel channel
    );

    [LoggerMessage(2010, LogLevel.Information, "App code verified: user {UserId}")]
    public static partial void AppCodeVerified(this ILogger logger, string userId);

    [LoggerMessage(2011, LogLevel.Warning, "App code refused: user {UserId}, {Status}")]
    public static partial void AppCodeRefused(
        this ILogger logger,
        string userId,
        AppSubmissionStatus status
    );

    [LoggerMessage(2013, LogLevel.Warning, "A recovery code was used: user {UserId}, {Left} left")]
    public static partial void RecoveryCodeUsed(this ILogger logger, string userId, int left);

    [LoggerMessage(2014, LogLevel.Warning, "Recovery code refused: user {UserId}, {Status}")]
    public static partial void RecoveryCodeRefused(
        this ILogger logger,
        string userId,
        RecoverySubmissionStatus status
    );

    [LoggerMessage(
        2012,
        LogLevel.Error,
        "The key of the authenticator app of user {UserId} cannot be read: what protected it is not in the key ring any more. The app opens nothing until it is set up again"
    )]
    public static partial void AppKeyUnreadable(this ILogger logger, string userId);

    [LoggerMessage(
        2005,
        LogLevel.Warning,
        "No code can be sent: user {UserId} has two-factor authentication on and no proved number"
    )]
    public static partial void NoProvedNumber(this ILogger logger, string userId);
}
