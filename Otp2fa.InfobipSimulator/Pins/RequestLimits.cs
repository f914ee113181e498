namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// Counts requests against limits over a sliding window (Infobip does not say whether its window slides). A refused
/// request is not counted. Several limits are taken together or not at all.
/// </summary>
internal sealed class RequestLimits
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> requests = new(
        StringComparer.Ordinal
    );

    /// <param name="now">The time of the request.</param>
    /// <param name="wait">How long until every limit would let the request pass; zero when it passed.</param>
    /// <param name="limits">What to count against; the key names whose requests these are.</param>
    public bool TryTake(
        DateTimeOffset now,
        out TimeSpan wait,
        params ReadOnlySpan<(string Key, RateLimit Limit)> limits
    )
    {
        lock (gate)
        {
            wait = TimeSpan.Zero;
            foreach (var (key, limit) in limits)
            {
                var taken = Recent(key, limit, now);
                if (taken.Count >= limit.Count)
                {
                    var free =
                        taken.ElementAt(taken.Count - limit.Count) + limit.Period.Value - now;
                    wait = free > wait ? free : wait;
                }
            }

            if (wait > TimeSpan.Zero)
            {
                return false;
            }

            foreach (var (key, _) in limits)
            {
                requests[key].Enqueue(now);
            }

            return true;
        }
    }

    private Queue<DateTimeOffset> Recent(string key, RateLimit limit, DateTimeOffset now)
    {
        if (!requests.TryGetValue(key, out var taken))
        {
            requests[key] = taken = new Queue<DateTimeOffset>();
        }

        while (taken.TryPeek(out var oldest) && oldest + limit.Period.Value <= now)
        {
            taken.Dequeue();
        }

        return taken;
    }
}
