namespace Otp2fa.Web.Limits;

/// <param name="Most">So many uses fit into any stretch of <paramref name="Length"/>.</param>
/// <param name="Length">How far back it looks; a use exactly so old is out.</param>
internal sealed record LimitWindow(int Most, TimeSpan Length);
