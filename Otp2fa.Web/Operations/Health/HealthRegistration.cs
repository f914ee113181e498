using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Settings;

namespace Otp2fa.Web.Operations.Health;

internal static class HealthRegistration
{
    /// <summary>Below here a load balancer may ask over http, too.</summary>
    public const string Path = "/health";

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services
            .AddOptions<HealthOptions>()
            .BindConfiguration(HealthOptions.Section)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<HealthOptions>, AnnotatedSettings<HealthOptions>>();
        services
            .AddHealthChecks()
            .AddDbContextCheck<Otp2faDbContext>("database")
            .AddCheck<MigrationsCheck>("migrations")
            .AddCheck<KeyRingCheck>("key ring")
            .AddCheck<InfobipCheck>("infobip");
        return services;
    }

    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work; 503 if not. Neither asks Infobip
    /// anything, and neither looks at cookies.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes
            .MapHealthChecks($"{Path}/live", new HealthCheckOptions { Predicate = _ => false })
            .ShortCircuit();
        routes
            .MapHealthChecks(
                $"{Path}/ready",
                new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync }
            )
            .ShortCircuit();
    }
}
