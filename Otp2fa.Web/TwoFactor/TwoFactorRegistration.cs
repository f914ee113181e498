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
        services.AddSingleton<NumberRules>();
        services.AddSingleton<PhoneNumberParser>();
        services.AddScoped<PendingChallenge>();
        services.AddScoped<ChallengeRows>();
        services.AddScoped<WrongCodes>();
        services.AddScoped<RecoveryCodes>();
        services.AddScoped<RecoveryChecker>();
        services.AddSingleton<AppKeys>();
        services.AddScoped<AppChecker>();
        services.AddScoped<AppTokenProvider>();
        services.AddScoped<SendGate>();
        services.AddScoped<PinSender>();
        services.AddScoped<PinChecker>();
        services.AddScoped<SmsTokenProvider>();
        return services;
    }
}
