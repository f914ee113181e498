namespace Otp2fa.Web.Operations.Setup;

internal static class SetupRegistration
{
    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.AddTransient<SetupDoctor>();
        services.AddTransient<SetupPlanner>();
        services.AddTransient<SetupProvisioner>();
        services.AddTransient<SendTest>();
        services.AddSingleton<SetupState>();
        services.AddHostedService<SetupCheck>();
        return services;
    }
}
