using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>Whether past uses leave room for one more. Knows no database and no clock.</summary>
internal static class LimitArithmetic
{
    /// <param name="charge">What is wanted.</param>
    /// <param name="past">Uses of the same key, the newest first.</param>
    /// <param name="now">The moment to judge.</param>
    public static IEnumerable<LimitRefusal> Judge(
        LimitCharge charge,
        IReadOnlyList<LimitUse> past,
        DateTimeOffset now
    )
    {
        if (
            charge.Spacing > TimeSpan.Zero
            && past is [var newest, ..]
            && newest.UsedUtc + charge.Spacing > now
        )
        {
            yield return new(charge.Rule, LimitPart.Spacing, newest.UsedUtc + charge.Spacing);
        }

        var unanswered = past.Where(use => !use.IsReturned)
            .TakeWhile(use => !use.IsAnswered)
            .ToList();
        if (unanswered.Count > 0 && charge.Waits.Count > 0)
        {
            var end =
                unanswered[0].UsedUtc
                + charge.Waits[Math.Min(unanswered.Count, charge.Waits.Count) - 1];
            if (end > now)
            {
                yield return new(charge.Rule, LimitPart.Wait, end);
            }
        }

        foreach (var window in charge.Windows)
        {
            // The use that must have left the window before the next one fits in.
            var blocking = past.Where(use => !use.IsReturned)
                .Skip(window.Most - 1)
                .FirstOrDefault();
            if (blocking is not null && blocking.UsedUtc + window.Length > now)
            {
                yield return new(charge.Rule, LimitPart.Window, blocking.UsedUtc + window.Length);
            }
        }
    }
}
