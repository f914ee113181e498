using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Accounts;

/// <summary>
/// Says at the start that a role whose members must have two-factor authentication does not exist: a name that is misspelt
/// would mean that nobody must. It may also be a role that is still to come, so the site starts all the same.
/// </summary>
internal sealed class RequiredRoleNotice(
    IServiceScopeFactory scopes,
    IOptions<AccountsOptions> options,
    ILogger<RequiredRoleNotice> logger
) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (
            options.Value
            is not { TwoFactorRequired: TwoFactorRequirement.Role, TwoFactorRequiredRole: { } role }
        )
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        if (!await roles.RoleExistsAsync(role))
        {
            logger.RequiredRoleMissing(role);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
