namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record ApplicationRequest(
    string? Name,
    bool? Enabled,
    ConfigurationRequest? Configuration
);

internal sealed record ConfigurationRequest(
    int? PinAttempts,
    bool? AllowMultiplePinVerifications,
    string? PinTimeToLive,
    string? VerifyPinLimit,
    string? SendPinPerPhoneNumberLimit,
    string? SendPinPerApplicationLimit
);
