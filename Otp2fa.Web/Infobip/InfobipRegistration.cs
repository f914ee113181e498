using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Settings;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Infobip;

internal static class InfobipRegistration
{
    // Kilobytes. Infobip's headers are a few hundred bytes.
    private const int MaxResponseHeaders = 16;

    public static IServiceCollection AddInfobip(this IServiceCollection services)
    {
        services
            .AddOptions<InfobipOptions>()
            .BindConfiguration(InfobipOptions.Section)
            .ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<InfobipOptions>, InfobipOptionsValidator>()
        );
        services.PostConfigure<InfobipOptions>(options =>
            options.BaseUrl = WithScheme(options.BaseUrl)
        );
        services.AddSingleton<InfobipCallers>();
        services.AddCalls<InfobipClient>(options => options.ApiKey);
        services.AddCalls<InfobipManagement>(options =>
            string.IsNullOrEmpty(options.ManagementKey) ? options.ApiKey : options.ManagementKey
        );
        services
            .AddOptions<OutageOptions>()
            .BindConfiguration(OutageOptions.Section)
            .ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<
                IValidateOptions<OutageOptions>,
                AnnotatedSettings<OutageOptions>
            >()
        );
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<InfobipTelemetry>();
        services.AddTransient<InfobipReader>();
        services.AddTransient<InfobipEditor>();
        services.AddSingleton<OutageSwitch>();
        services.AddHostedService(provider => provider.GetRequiredService<OutageSwitch>());
        services.AddSingleton<InfobipProbe>();
        services.AddSingleton<InfobipCircuits>();
        services.TryAddTransient<IPinProvider, InfobipPinProvider>();
        return services;
    }

    private static void AddCalls<TClient>(
        this IServiceCollection services,
        Func<InfobipOptions, string?> key
    )
        where TClient : class =>
        services
            .AddHttpClient<TClient>(
                (provider, client) =>
                {
                    var options = OptionsOf(provider);
                    Prepare(client, options, key(options));
                }
            )
            .UseSocketsHttpHandler((handler, provider) => Prepare(handler, OptionsOf(provider)))
            // The handler renews its connections itself; one pool serves the life of the process.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's loggers print the path of every request, and the path holds the pinId.
            .RemoveAllLoggers();

    // The portal shows a bare host; what people copy is meant as https.
    private static string? WithScheme(string? address) =>
        string.IsNullOrWhiteSpace(address) || address.Contains("://", StringComparison.Ordinal)
            ? address
            : $"https://{address.Trim()}";

    private static void Prepare(HttpClient client, InfobipOptions options, string? key)
    {
        client.BaseAddress = new Uri(options.BaseUrl!);

        // InfobipCaller bounds the whole call; this clock would stop at the headers.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("App", key);
        client.DefaultRequestHeaders.Accept.ParseAdd(MediaTypeNames.Application.Json);
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Otp2fa", Version()));
    }

    private static void Prepare(SocketsHttpHandler handler, InfobipOptions options)
    {
        handler.ConnectTimeout = options.ConnectTimeout;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.AutomaticDecompression = DecompressionMethods.None;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        handler.MaxResponseHeadersLength = MaxResponseHeaders;

        // What is left of an answer after the cap or the time-out is not worth reading.
        handler.MaxResponseDrainSize = 0;

        // A proxy of the environment is for the way out, not for a simulator on this machine.
        handler.UseProxy = !HostAllowList.IsLoopback(new Uri(options.BaseUrl!));

        // No span of the client's own: its url.full would carry the pinId into every trace. InfobipTelemetry makes one.
        handler.ActivityHeadersPropagator = null;
    }

    private static InfobipOptions OptionsOf(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<InfobipOptions>>().Value;

    // Without the commit that the SDK appends after a plus sign.
    private static string Version() =>
        typeof(InfobipRegistration)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0";
}
