using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What this site, by its own settings, needs of the application and the template at Infobip.</summary>
/// <param name="PinLength">Digits of a code.</param>
/// <param name="PinAttempts">Typed codes per PIN.</param>
/// <param name="TimeToLive">How long a code is said to work.</param>
/// <param name="SendsPerNumberAndDay">Codes to one number that the site itself lets through in 24 hours.</param>
/// <param name="SendsPerDay">Codes of the whole site in 24 hours.</param>
/// <param name="Sender">The sender that the site names; null if it names none.</param>
/// <param name="NumberLookup">Whether numbers are looked up before a send.</param>
internal sealed record SetupWishes(
    int PinLength,
    int PinAttempts,
    TimeSpan TimeToLive,
    int SendsPerNumberAndDay,
    int SendsPerDay,
    string? Sender,
    bool NumberLookup
)
{
    public static SetupWishes Of(
        IOptions<TwoFactorOptions> twoFactor,
        IOptions<LimitsOptions> limits,
        IOptions<InfobipOptions> infobip
    ) =>
        new(
            twoFactor.Value.PinLength,
            twoFactor.Value.MaxAttempts,
            twoFactor.Value.ChallengeLifetime,
            limits.Value.SendsPerDay,
            limits.Value.SiteSendsPerDay,
            infobip.Value.Sender,
            infobip.Value.NumberLookup
        );
}
