using System.Globalization;
using Otp2fa.Web.Accounts;

namespace Otp2fa.Web.Areas.Identity.Pages.Account;

/// <summary>The sentences about passwords.</summary>
internal static class PasswordTexts
{
    /// <summary>Beside every box for a new password; the numbers are those of the rule.</summary>
    public static string Hint { get; } =
        string.Create(
            CultureInfo.InvariantCulture,
            $"{PasswordRules.MinimumLength} to {PasswordRules.MaximumLength} characters of any kind. Four or five words that do not belong together are easy to remember."
        );
}
