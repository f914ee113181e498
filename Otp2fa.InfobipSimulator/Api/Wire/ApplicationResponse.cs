using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record ApplicationResponse(
    string ApplicationId,
    string Name,
    ConfigurationResponse Configuration,
    bool Enabled
)
{
    public static ApplicationResponse Of(PinApplication application) =>
        new(
            application.ApplicationId,
            application.Name,
            ConfigurationResponse.Of(application.Configuration),
            application.Enabled
        );
}

internal sealed record ConfigurationResponse(
    int PinAttempts,
    bool AllowMultiplePinVerifications,
    string PinTimeToLive,
    string VerifyPinLimit,
    string SendPinPerApplicationLimit,
    string SendPinPerPhoneNumberLimit
)
{
    public static ConfigurationResponse Of(PinConfiguration configuration) =>
        new(
            configuration.PinAttempts,
            configuration.AllowMultiplePinVerifications,
            configuration.PinTimeToLive.ToString(),
            configuration.VerifyPinLimit.ToString(),
            configuration.SendPinPerApplicationLimit.ToString(),
            configuration.SendPinPerPhoneNumberLimit.ToString()
        );
}
