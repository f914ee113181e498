namespace Otp2fa.Web.Data;

internal static class AccountLocks
{
    /// <summary>Whether wrong passwords have locked the account at a moment; no code of a locked one is tried (F8).</summary>
    public static bool IsLockedAt(this ApplicationUser user, DateTimeOffset moment) =>
        user.LockoutEnd > moment;
}
