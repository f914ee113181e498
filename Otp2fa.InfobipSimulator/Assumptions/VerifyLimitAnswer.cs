namespace Otp2fa.InfobipSimulator.Assumptions;

/// <summary>What a verification over <c>verifyPinLimit</c> gets.</summary>
public enum VerifyLimitAnswer
{
    Http429,
    Http400,

    /// <summary>A verdict like any other: not verified, NO_MORE_PIN_ATTEMPTS.</summary>
    NoMorePinAttempts,
}
