using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Otp2fa.Web.Mail;
using Otp2fa.Web.Tests.Support;
using Serilog.Core;

namespace Otp2fa.Web.Tests.Site;

/// <summary>One instance of the site. Only its clock and its far end differ from what a developer starts.</summary>
internal sealed class SiteFactory(
    IReadOnlyDictionary<string, string?> settings,
    TimeProvider clock,
    LogSink logs,
    string environment = "Development",
    Action<IServiceCollection>? services = null
) : WebApplicationFactory<Program>
{
    private bool onPort;

    /// <summary>Whether mails go out by themselves; otherwise a test sends them, by <see cref="TestSite.DeliverMailsAsync"/>.</summary>
    public bool SendsMails { get; init; }

    /// <summary>What a browser has to ask. Known once the instance is started.</summary>
    public Uri Origin { get; private set; } = new("https://localhost");

    /// <summary>Starts the instance without a socket; only <see cref="CreateHandler"/> leads to it.</summary>
    public void StartInMemory() => _ = Server;

    /// <summary>Starts the instance on a free port of http://localhost, where a real browser finds it.</summary>
    public void StartOnPort()
    {
        onPort = true;
        UseKestrel(0);
        StartServer();
        var addresses = Services
            .GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses;
        Origin = new UriBuilder(addresses.Single()) { Host = "localhost" }.Uri;
    }

    /// <summary>The way to this instance: neither cookies nor redirects are followed.</summary>
    public HttpMessageHandler CreateHandler() =>
        onPort
            ? new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }
            : Server.CreateHandler();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(collection =>
        {
            collection.AddSingleton(clock);
            collection.AddSingleton<ILogEventSink>(logs);
            if (!SendsMails)
            {
                var worker = collection.Single(service =>
                    service.ServiceType == typeof(IHostedService)
                    && service.ImplementationFactory?.Method.ReturnType == typeof(OutboxWorker)
                );
                collection.Remove(worker);
            }

            services?.Invoke(collection);
        });
    }
}
