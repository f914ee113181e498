using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>A PIN that is ready to go out, by message or by call.</summary>
internal sealed record PinMessage(
    IssuedPin Pin,
    PinTemplate Template,
    IReadOnlyDictionary<string, string> Placeholders,
    bool TrackDelivery
);
