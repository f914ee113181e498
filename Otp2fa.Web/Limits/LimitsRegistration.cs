using Microsoft.Extensions.Options;
using Otp2fa.Web.Settings;

namespace Otp2fa.Web.Limits;

internal static class LimitsRegistration
{
    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services
            .AddOptions<LimitsOptions>()
            .BindConfiguration(LimitsOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<LimitsOptions>, AnnotatedSettings<LimitsOptions>>();
        services.AddSingleton<IValidateOptions<LimitsOptions>, LimitsOptionsValidator>();
        services.AddMetrics();
        services.AddSingleton<LimitMeters>();
        services.AddScoped<LimitLedger>();
        services.AddScoped<LimitAlarms>();
        services.AddScoped<ConversionWatch>();
        services.AddScoped<SendBudget>();
        services.AddScoped<GuessBudget>();
        services.AddScoped<MailBudget>();
        services.AddScoped<PasswordBudget>();
        return services;
    }
}
