using Otp2fa.Web.Data;

namespace Otp2fa.Web.Limits;

/// <summary>A password that was written down and may be checked.</summary>
/// <param name="Uses">That of the name or the browser first.</param>
internal sealed record PasswordReservation(IReadOnlyList<LimitUse> Uses)
{
    public LimitUse Own => Uses[0];
}

/// <param name="IsOfPlace">The client's address or network used it up; otherwise the name or the browser.</param>
/// <param name="Until">When the next may be checked.</param>
internal sealed record PasswordLimited(bool IsOfPlace, DateTimeOffset Until);

/// <param name="InARow">Wrong ones in a row, the newest included.</param>
/// <param name="Most">With how many the waits begin.</param>
internal sealed record PasswordFailures(int InARow, int Most)
{
    /// <summary>The next must wait.</summary>
    public bool IsLocked => InARow >= Most;

    /// <summary>It is this one that made it so; true of one of many at once.</summary>
    public bool BeginsLock => InARow == Most;
}
