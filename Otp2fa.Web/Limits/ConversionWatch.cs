using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>
/// Codes that nobody types back are the mark of SMS pumping. Once too few of the last hour were, codes to unproved numbers
/// stop: all of them, those of the country, or only enrolment's own, whichever is low (L15).
/// </summary>
internal sealed class ConversionWatch(
    Otp2faDbContext db,
    LimitAlarms alarms,
    TimeProvider time,
    IOptions<LimitsOptions> options
)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public async Task<bool> IsLowAsync(string country)
    {
        if (options.Value.ConversionFloor == 0)
        {
            return false;
        }

        var now = time.GetUtcNow();
        var begin = now - Hour;
        // A code that can still be typed has failed nobody yet.
        var counts = await db
            .PinChallenges.Where(c =>
                c.IssuedUtc > begin
                && c.PinIdHash != null
                && (c.ConsumedUtc != null || c.SupersededById != null || c.ExpiresUtc <= now)
            )
            .GroupBy(c => new { c.Purpose, c.Country })
            .Select(group => new
            {
                group.Key.Purpose,
                group.Key.Country,
                Sent = group.Count(),
                Verified = group.Count(c => c.ConsumedUtc != null),
            })
            .ToListAsync();

        var isLow = false;
        foreach (
            var (name, sent, verified) in new[]
            {
                Sum("all codes", _ => true),
                Sum("codes to new numbers", c => c.Purpose == ChallengePurpose.VerifyNumber),
                Sum($"codes to {country}", c => c.Country == country),
            }
        )
        {
            if (
                sent >= options.Value.ConversionSends
                && verified < sent * options.Value.ConversionFloor
            )
            {
                isLow = true;
                await alarms.ConversionLowAsync(name, sent, verified);
            }
        }

        return isLow;

        (string Name, int Sent, int Verified) Sum(
            string name,
            Func<(ChallengePurpose Purpose, string Country), bool> wanted
        )
        {
            var chosen = counts.Where(c => wanted((c.Purpose, c.Country))).ToList();
            return (name, chosen.Sum(c => c.Sent), chosen.Sum(c => c.Verified));
        }
    }
}
