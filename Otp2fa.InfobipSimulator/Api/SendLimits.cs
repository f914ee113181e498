using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>What the sends of an application are counted against, whichever channel they take.</summary>
internal static class SendLimits
{
    public static (string Key, RateLimit Limit) OfNumber(
        PinApplication application,
        string number
    ) =>
        (
            $"send/{application.ApplicationId}/{number}",
            application.Configuration.SendPinPerPhoneNumberLimit
        );

    public static (string Key, RateLimit Limit) OfApplication(PinApplication application) =>
        ($"send/{application.ApplicationId}", application.Configuration.SendPinPerApplicationLimit);
}
