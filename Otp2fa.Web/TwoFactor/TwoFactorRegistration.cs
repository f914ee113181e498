using Microsoft.Extensions.Options;
using Otp2fa.Web.Settings;

namespace Otp2fa.Web.TwoFactor;

internal static class TwoFactorRegistration
{
    public static IServiceCollection AddTwoFactor(this IServiceCollection services)
    {
        services
            .AddOptions<TwoFactorOptions>()
            .BindConfiguration(TwoFactorOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<
            IValidateOptions<TwoFactorOptions>,
            AnnotatedSettings<TwoFactorOptions>
        >();
        services.AddSingleton<IValidateOptions<TwoFactorOptions>, TwoFactorOptionsValidator>();
        services
            .AddOptions<PhoneOptions>()
            .BindConfiguration(PhoneOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<PhoneOptions>, PhoneOptionsValidator>();
        services.AddMetrics();
        services.AddSingleton<PinMeters>();
        services.AddSingleton<PhoneNumberParser>();
        services.AddScoped<PendingChallenge>();
        services.AddScoped<ChallengeRows>();
        services.AddScoped<PinChallenges>();
        services.AddScoped<SmsTokenProvider>();
        return services;
    }
}
