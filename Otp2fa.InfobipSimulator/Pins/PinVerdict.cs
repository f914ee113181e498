namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>What came of one attempt at a PIN.</summary>
internal enum PinVerdict
{
    Verified,
    Wrong,
    Expired,
    AttemptsExhausted,

    /// <summary>It was verified before, and may be only once.</summary>
    VerifiedBefore,
}
