using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts;

/// <summary>Who must have two-factor authentication on.</summary>
internal sealed class TwoFactorPolicy(Otp2faUserManager users, IOptions<AccountsOptions> options)
{
    public async Task<bool> IsRequiredAsync(ApplicationUser user) =>
        options.Value.TwoFactorRequired switch
        {
            TwoFactorRequirement.Nobody => false,
            TwoFactorRequirement.Everybody => true,
            TwoFactorRequirement.Role => await users.IsInRoleAsync(
                user,
                options.Value.TwoFactorRequiredRole!
            ),
        };
}
