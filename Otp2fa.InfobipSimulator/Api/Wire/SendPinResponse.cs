namespace Otp2fa.InfobipSimulator.Api.Wire;

/// <summary>The answer of sends and resends; a message has the first two states, a call the third.</summary>
internal sealed record SendPinResponse(
    string? PinId,
    string To,
    string? NcStatus,
    string? SmsStatus,
    string? CallStatus,
    string? ExternalMessageId
);
