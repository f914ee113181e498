namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// Which values at Infobip suit this site. Decided here alone: what the doctor lets pass, provisioning leaves as it is, and
/// what the doctor complains of, it changes.
/// </summary>
internal static class SetupFits
{
    /// <summary>A limit above the site's own is a second brake; this much above it, it is none any more.</summary>
    private const int MostAbove = 2;

    private const int MostChecksASecond = 5;

    // A person who mistypes types again within this.
    private static readonly TimeSpan Retyping = TimeSpan.FromSeconds(1);

    public static SetupFit TimeToLive(string? text, SetupWishes wishes) =>
        InfobipNotation.ReadTime(text) is { } time
            ? Compare(time.CompareTo(wishes.TimeToLive))
            : SetupFit.Unknown;

    public static SetupFit PinAttempts(int? count, SetupWishes wishes) =>
        count is { } attempts ? Compare(attempts.CompareTo(wishes.PinAttempts)) : SetupFit.Unknown;

    /// <summary>One code a second is what this site lets through itself; a little more does no harm.</summary>
    public static SetupFit VerifyLimit(string? text) =>
        InfobipNotation.ReadLimit(text) switch
        {
            null => SetupFit.Unknown,
            var (count, window) => count * Retyping < window ? SetupFit.TooLow
            : count * Retyping > MostChecksASecond * window ? SetupFit.TooHigh
            : SetupFit.Good,
        };

    /// <summary>Above the site's own, so that the site's, which can say why, is the one that is met.</summary>
    public static SetupFit NumberLimit(string? text, SetupWishes wishes) =>
        InfobipNotation.ReadLimit(text) is not var (count, window) ? SetupFit.Unknown
        : SetupWishes.MostIn(wishes.SendsPerNumber, window) is var own && count <= own
            ? SetupFit.TooLow
        : count > (MostAbove * own) + 2 ? SetupFit.TooHigh
        : SetupFit.Good;

    public static SetupFit ApplicationLimit(string? text, SetupWishes wishes) =>
        InfobipNotation.ReadLimit(text) is not var (count, window) ? SetupFit.Unknown
        : SetupWishes.MostIn(wishes.Sends, window) is var own && count < own ? SetupFit.TooLow
        : count > MostAbove * own ? SetupFit.TooHigh
        : SetupFit.Good;

    public static bool IsNumeric(string? pinType) =>
        string.Equals(pinType, SetupWishes.PinType, StringComparison.OrdinalIgnoreCase);

    private static SetupFit Compare(int comparison) =>
        comparison switch
        {
            < 0 => SetupFit.TooLow,
            0 => SetupFit.Good,
            > 0 => SetupFit.TooHigh,
        };
}
