using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Settings;

namespace Otp2fa.Web.Operations.Health;

internal static class HealthRegistration
{
    public const string LivePath = "/health/live";

    public const string ReadyPath = "/health/ready";

    private static readonly HttpMethodMetadata ReadOnly = new([HttpMethods.Get, HttpMethods.Head]);

    // A check that hangs is a check that failed; a load balancer does not wait longer either.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>What a load balancer may ask over http, too.</summary>
    public static bool IsHealth(PathString path) =>
        path.Equals(LivePath, StringComparison.OrdinalIgnoreCase)
        || path.Equals(ReadyPath, StringComparison.OrdinalIgnoreCase);

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
            .AddCheck<InfobipCheck>("infobip")
            .AddCheck<SetupHealthCheck>("infobip set-up")
            .AddCheck<MailCheck>("mail");
        services.Configure<HealthCheckServiceOptions>(options =>
        {
            foreach (var check in options.Registrations)
            {
                check.Timeout = Longest;
            }
        });
        return services;
    }

    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work; 503 if not. Neither asks Infobip
    /// anything, and neither looks at cookies.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes
            .MapHealthChecks(LivePath, new HealthCheckOptions { Predicate = _ => false })
            .WithMetadata(ReadOnly)
            .ShortCircuit();
        routes
            .MapHealthChecks(
                ReadyPath,
                new HealthCheckOptions { ResponseWriter = HealthAnswer.WriteAsync }
            )
            .WithMetadata(ReadOnly)
            .ShortCircuit();
    }
}
