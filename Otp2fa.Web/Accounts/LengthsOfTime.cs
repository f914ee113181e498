using System.Globalization;

namespace Otp2fa.Web.Accounts;

/// <summary>Lengths of time in words, the same on pages and in mails.</summary>
internal static class LengthsOfTime
{
    /// <summary>
    /// A length of time as people say it: "4 minutes 30 seconds", from an hour on "1 hour 30 minutes", and from two days on
    /// "2 days 3 hours".
    /// </summary>
    public static string Of(TimeSpan time)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(time.TotalSeconds));
        return seconds switch
        {
            < 3600 => Of(seconds, 60, "minute", "second"),
            < 172_800 => Of((seconds + 59) / 60, 60, "hour", "minute"),
            _ => Of((seconds + 3599) / 3600, 24, "day", "hour"),
        };
    }

    private static string Of(long number, long perUnit, string unit, string rest) =>
        Math.DivRem(number, perUnit) switch
        {
            (0, var few) => Count(few, rest),
            (var many, 0) => Count(many, unit),
            var (many, few) => $"{Count(many, unit)} {Count(few, rest)}",
        };

    private static string Count(long number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");
}
