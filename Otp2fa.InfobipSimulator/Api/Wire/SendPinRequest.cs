namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record SendPinRequest(
    string? ApplicationId,
    string? MessageId,
    string? To,
    string? From,
    Dictionary<string, string?>? Placeholders,
    bool? TrackDelivery
);
