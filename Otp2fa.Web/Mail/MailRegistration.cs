using Microsoft.Extensions.Options;
using Otp2fa.Web.Settings;

namespace Otp2fa.Web.Mail;

internal static class MailRegistration
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, AnnotatedSettings<MailOptions>>();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        services.AddMetrics();
        services.AddSingleton<MailMeters>();
        services.AddSingleton<MailMessages>();
        services.AddScoped<Outbox>();
        services.AddScoped<OutboxRound>();
        services.AddScoped<PickupFolder>();
        services.AddScoped<SmtpTransport>();
        services.AddScoped<IMailTransport>(provider =>
            provider.GetRequiredService<IOptions<MailOptions>>().Value.GoesToFolder
                ? provider.GetRequiredService<PickupFolder>()
                : provider.GetRequiredService<SmtpTransport>()
        );
        services.AddSingleton<OutboxWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxWorker>());
        return services;
    }
}
