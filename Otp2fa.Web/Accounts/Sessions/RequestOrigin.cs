using System.Net;
using System.Net.Sockets;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>Of the request under way; an operator's command has none.</summary>
internal sealed class RequestOrigin(IHttpContextAccessor contexts) : IRequestOrigin
{
    // Of what is kept, and of what counts as one client.
    private const int Ipv4NetworkBytes = 3;
    private const int Ipv6NetworkBytes = 6;
    private const int Ipv4AddressBytes = 4;
    private const int Ipv6AddressBytes = 8;

    public string? Browser =>
        contexts.HttpContext is { } context
            ? BrowserNames.Of(context.Request.Headers.UserAgent)
            : null;

    public string? Address => Client is { } address ? AddressOf(address) : null;

    public string? Network => Client is { } address ? NetworkOf(address) : null;

    private IPAddress? Client => contexts.HttpContext?.Connection.RemoteIpAddress;

    /// <summary>What counts as one client: an IPv4 address or an IPv6 /64.</summary>
    internal static string AddressOf(IPAddress address) =>
        PrefixOf(address, Ipv4AddressBytes, Ipv6AddressBytes);

    /// <summary>The part of an address that tells a network and no person.</summary>
    internal static string NetworkOf(IPAddress address) =>
        PrefixOf(address, Ipv4NetworkBytes, Ipv6NetworkBytes);

    private static string PrefixOf(IPAddress address, int ipv4Bytes, int ipv6Bytes)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var kept = plain.AddressFamily == AddressFamily.InterNetwork ? ipv4Bytes : ipv6Bytes;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
