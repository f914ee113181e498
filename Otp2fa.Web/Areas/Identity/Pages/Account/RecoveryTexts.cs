namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The sentences about recovery codes.</summary>
internal static class RecoveryTexts
{
    public const string Wrong =
        "That is not one of your recovery codes, or it was used already. Check it, or use another one.";

    public const string Empty = "Enter one of your recovery codes.";

    /// <summary>From here on a person should make new ones.</summary>
    private const int Few = 2;

    public static bool AreFew(int left) => left <= Few;

    /// <summary>After a sign-in with one: it is gone, and how many are left.</summary>
    public static string Used(int left) =>
        left switch
        {
            0 =>
                "You signed in with your last recovery code. Make new ones on the page Two-factor authentication.",
            1 =>
                "You signed in with a recovery code. It cannot be used again; one is left. Make new ones on the page Two-factor authentication.",
            _ when AreFew(left) =>
                $"You signed in with a recovery code. It cannot be used again; {left} are left. Make new ones on the page Two-factor authentication.",
            _ => $"You signed in with a recovery code. It cannot be used again; {left} are left.",
        };

    /// <summary>After a step-up with one.</summary>
    public static string UsedToConfirm(int left) =>
        $"Thank you, that is confirmed. You can now make the change you wanted to make. The recovery code cannot be used again; {left} {(left == 1 ? "is" : "are")} left.{(AreFew(left) ? " Make new ones on the page Two-factor authentication." : "")}";

    public static string TooMany(TimeSpan wait) =>
        $"Too many wrong recovery codes were typed for your account or from your network, so none is tried for now. You can try again in {CodeTexts.Of(wait)}.";
}
