using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Otp2fa.Web.Tests.Site;

/// <summary>
/// Lets every request come from a proxy on this machine, which an in-memory server does not say, so that browsers can have
/// addresses of their own.
/// </summary>
internal sealed class BehindProxy : IStartupFilter
{
    public static readonly (string Key, string? Value) Setting = (
        "Forwarding:KnownProxies:0",
        "127.0.0.1"
    );

    public static void Add(IServiceCollection services) =>
        services.AddSingleton<IStartupFilter, BehindProxy>();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, pass) =>
                {
                    context.Connection.RemoteIpAddress = IPAddress.Loopback;
                    return pass(context);
                }
            );
            next(app);
        };
}
