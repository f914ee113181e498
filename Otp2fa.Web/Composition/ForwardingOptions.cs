using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Composition;

/// <summary>Section <c>Forwarding</c>: which proxies in front of the site are believed (ASVS 4.1.3).</summary>
public sealed class ForwardingOptions
{
    public const string Section = "Forwarding";

    /// <summary>Addresses of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed. Default: none.</summary>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>The same as networks, such as 10.0.0.0/8.</summary>
    public IList<string> KnownNetworks { get; } = [];

    internal bool NamesNobody => KnownProxies.Count == 0 && KnownNetworks.Count == 0;
}

internal sealed class ForwardingOptionsValidator : IValidateOptions<ForwardingOptions>
{
    public ValidateOptionsResult Validate(string? name, ForwardingOptions options)
    {
        string[] failures =
        [
            .. options
                .KnownProxies.Where(proxy => !IPAddress.TryParse(proxy, out _))
                .Select(proxy => $"Forwarding:KnownProxies: '{proxy}' is not an IP address."),
            .. options
                .KnownNetworks.Where(network => !System.Net.IPNetwork.TryParse(network, out _))
                .Select(network =>
                    $"Forwarding:KnownNetworks: '{network}' is not a network such as 10.0.0.0/8."
                ),
        ];
        return failures.Length == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures);
    }
}

internal sealed class ForwardedHeadersSetup(IOptions<ForwardingOptions> forwarding)
    : IConfigureOptions<ForwardedHeadersOptions>
{
    public void Configure(ForwardedHeadersOptions options)
    {
        // The framework believes loopback by default, and everybody if both lists are empty. Here nobody is believed who
        // is not named, and a chain is followed as far as its proxies are named.
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        options.ForwardedHeaders = forwarding.Value.NamesNobody
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        foreach (var proxy in forwarding.Value.KnownProxies)
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        foreach (var network in forwarding.Value.KnownNetworks)
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }
    }
}
