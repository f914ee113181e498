using Microsoft.AspNetCore.Identity;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <summary>Length is the rule (ASVS 6.2.1, 6.2.9): long enough to resist guessing, short enough to hash.</summary>
internal sealed class PasswordRules : IPasswordValidator<ApplicationUser>
{
    public const int MinimumLength = 15;

    /// <summary>A longer text is refused, never cut.</summary>
    public const int MaximumLength = 128;

    public Task<IdentityResult> ValidateAsync(
        UserManager<ApplicationUser> manager,
        ApplicationUser user,
        string? password
    ) =>
        Task.FromResult(
            password?.Length switch
            {
                null or < MinimumLength => Refused(
                    $"Use a password of at least {MinimumLength} characters."
                ),
                > MaximumLength => Refused(
                    $"Use a password of at most {MaximumLength} characters."
                ),
                _ => IdentityResult.Success,
            }
        );

    private static IdentityResult Refused(string sentence) =>
        IdentityResult.Failed(
            new IdentityError { Code = "PasswordLength", Description = sentence }
        );
}
