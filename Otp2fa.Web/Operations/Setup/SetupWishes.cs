using System.Globalization;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What this site, by its own settings, needs of the application and the template at Infobip.</summary>
/// <param name="PinLength">Digits of a code.</param>
/// <param name="PinAttempts">Typed codes per PIN.</param>
/// <param name="TimeToLive">How long a code is said to work.</param>
/// <param name="SendsPerNumber">Codes to one number that the site itself lets through, by length of time.</param>
/// <param name="Sends">Codes of the whole site, by length of time.</param>
/// <param name="Sender">The sender that the site names; null if it names none.</param>
/// <param name="NumberLookup">Whether numbers are looked up before a send.</param>
internal sealed record SetupWishes(
    int PinLength,
    int PinAttempts,
    TimeSpan TimeToLive,
    IReadOnlyList<(int Most, TimeSpan In)> SendsPerNumber,
    IReadOnlyList<(int Most, TimeSpan In)> Sends,
    string? Sender,
    bool NumberLookup
)
{
    /// <summary>The page takes digits alone.</summary>
    public const string PinType = "NUMERIC";

    /// <summary>Typed codes of one number that Infobip should let through; the site lets one a second through.</summary>
    public const string VerifyLimit = "5/5s";

    public int SendsPerNumberAndDay => SendsPerNumber[^1].Most;

    public int SendsPerDay => Sends[^1].Most;

    /// <summary>What the limit of a number should be, in Infobip's notation.</summary>
    public string NumberLimit =>
        string.Create(CultureInfo.InvariantCulture, $"{SendsPerNumberAndDay + 2}/1d");

    /// <summary>What the limit of the application should be, in Infobip's notation.</summary>
    public string ApplicationLimit =>
        string.Create(CultureInfo.InvariantCulture, $"{SendsPerDay}/1d");

    /// <summary>The most that a site lets through in any stretch of a length, by windows from the shortest to the longest.</summary>
    public static double MostIn(IReadOnlyList<(int Most, TimeSpan In)> windows, TimeSpan length) =>
        windows.FirstOrDefault(window => length <= window.In) is { Most: > 0 } fitting
            ? fitting.Most
            : windows[^1].Most * Math.Ceiling(length / windows[^1].In);

    public static SetupWishes Of(
        IOptions<TwoFactorOptions> twoFactor,
        IOptions<LimitsOptions> limits,
        IOptions<InfobipOptions> infobip
    ) =>
        new(
            twoFactor.Value.PinLength,
            twoFactor.Value.MaxAttempts,
            twoFactor.Value.ChallengeLifetime,
            [
                (limits.Value.SendsPer10Minutes, TimeSpan.FromMinutes(10)),
                (limits.Value.SendsPerHour, TimeSpan.FromHours(1)),
                (limits.Value.SendsPerDay, TimeSpan.FromDays(1)),
            ],
            [
                (limits.Value.SiteSendsPerMinute, TimeSpan.FromMinutes(1)),
                (limits.Value.SiteSendsPerHour, TimeSpan.FromHours(1)),
                (limits.Value.SiteSendsPerDay, TimeSpan.FromDays(1)),
            ],
            infobip.Value.Sender,
            infobip.Value.NumberLookup
        );
}
