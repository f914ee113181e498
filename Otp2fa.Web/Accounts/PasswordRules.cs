using Microsoft.AspNetCore.Identity;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Length is the rule (ASVS 6.2.1, 6.2.9): long enough to resist guessing, short enough to hash. Of the long ones those are
/// refused that are tried first (ASVS 6.2.4, 6.2.11).
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<ApplicationUser>
{
    public const int MinimumLength = 15;

    /// <summary>A longer text is refused, never cut.</summary>
    public const int MaximumLength = 128;

    private const string SiteName = "otp2fa";

    public Task<IdentityResult> ValidateAsync(
        UserManager<ApplicationUser> manager,
        ApplicationUser user,
        string? password
    ) => Task.FromResult(Judge(user, password));

    private static IdentityResult Judge(ApplicationUser user, string? password) =>
        LengthOf(password) switch
        {
            < MinimumLength => Refused(
                "PasswordLength",
                $"Use a password of at least {MinimumLength} characters."
            ),
            > MaximumLength => Refused(
                "PasswordLength",
                $"Use a password of at most {MaximumLength} characters."
            ),
            _ when CommonPasswords.Contains(password!, WordsOf(user)) => Refused(
                "PasswordCommon",
                "This password is one of those that are tried first: it is made of very common words, rows of keys or your own name. Use four or five words that do not belong together."
            ),
            _ => IdentityResult.Success,
        };

    // Code points, as NIST counts them (SP 800-63B-4 3.1.1): an emoji is not two characters.
    private static int LengthOf(string? password) => password?.EnumerateRunes().Count() ?? 0;

    private static IEnumerable<string> WordsOf(ApplicationUser user) =>
        (user.Email ?? user.UserName ?? string.Empty)
            .Split('@', '.', '-', '_', '+')
            .Append(SiteName);

    private static IdentityResult Refused(string code, string sentence) =>
        IdentityResult.Failed(new IdentityError { Code = code, Description = sentence });
}
