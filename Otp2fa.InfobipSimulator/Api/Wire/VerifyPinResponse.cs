namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record VerifyPinResponse(
    string PinId,
    string Msisdn,
    bool Verified,
    int AttemptsRemaining,
    string? PinError
);
