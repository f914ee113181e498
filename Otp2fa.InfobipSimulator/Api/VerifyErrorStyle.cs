namespace Otp2fa.InfobipSimulator.Api;

/// <summary>How a verification that failed is answered; Infobip's own sources favour the first.</summary>
public enum VerifyErrorStyle
{
    /// <summary>HTTP 200 with <c>verified: false</c>, <c>attemptsRemaining</c> and <c>pinError</c>.</summary>
    Ok200,

    /// <summary>
    /// The contested form some tutorials report: HTTP 400 with an error envelope naming WRONG_PIN, TTL_EXPIRED,
    /// MAX_ATTEMPTS_EXCEEDED or, for an unknown PIN id, PIN_NOT_FOUND.
    /// </summary>
    Http400,
}
