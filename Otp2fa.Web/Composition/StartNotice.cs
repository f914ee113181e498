using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Composition;

/// <summary>Says at the start where the site answers, and whom it asks for codes.</summary>
internal sealed class StartNotice(
    IServer server,
    InfobipOrSimulator.FarEnd farEnd,
    IOptions<InfobipOptions> infobip,
    IHostEnvironment environment,
    IOptions<HostFilteringOptions> hosts,
    IHostApplicationLifetime lifetime,
    ILogger<StartNotice> logger
) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Say);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Say()
    {
        if (environment.IsProduction() && hosts.Value.AllowedHosts is [] or ["*"])
        {
            logger.AnyHostAllowed();
        }

        logger.SiteStarted(
            string.Join(", ", server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        );
        if (farEnd.WebPhone is { } phone)
        {
            logger.UsingSimulator(phone);
        }
        else
        {
            logger.UsingInfobip(new Uri(infobip.Value.BaseUrl!).Host);
        }
    }
}
