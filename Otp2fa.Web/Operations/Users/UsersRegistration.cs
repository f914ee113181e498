namespace Otp2fa.Web.Operations.Users;

internal static class UsersRegistration
{
    public static IServiceCollection AddUserDesk(this IServiceCollection services)
    {
        services.AddScoped<AccountStates>();
        services.AddScoped<Lockouts>();
        services.AddScoped<UserDesk>();
        return services;
    }
}
