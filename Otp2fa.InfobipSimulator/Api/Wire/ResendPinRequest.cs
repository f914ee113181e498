namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record ResendPinRequest(
    Dictionary<string, string?>? Placeholders,
    bool? TrackDelivery
);
