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
