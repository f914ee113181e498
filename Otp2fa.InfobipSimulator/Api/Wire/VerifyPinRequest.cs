namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record VerifyPinRequest(string? Pin);
