using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Composition;

internal static class ForwardingRegistration
{
    public static IServiceCollection AddForwarding(this IServiceCollection services)
    {
        services
            .AddOptions<ForwardingOptions>()
            .BindConfiguration(ForwardingOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ForwardingOptions>, ForwardingOptionsValidator>();
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, ForwardedHeadersSetup>();
        return services;
    }
}
