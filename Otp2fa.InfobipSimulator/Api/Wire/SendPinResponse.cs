namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record SendPinResponse(
    string PinId,
    string To,
    string? NcStatus,
    string SmsStatus,
    string? ExternalMessageId
);
