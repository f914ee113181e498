namespace Otp2fa.InfobipSimulator.Assumptions;

/// <summary>How a PIN that was verified and may be only once is refused.</summary>
public enum SecondVerificationAnswer
{
    NoMorePinAttempts,
    WrongPin,
    TtlExpired,

    /// <summary>As if the PIN id had never been given out.</summary>
    NotFound,
}
