using System.Net;
using System.Net.Sockets;
using Otp2fa.Web.Data;

namespace Otp2fa.Web.Accounts.Sessions;

/// <summary>Of the request under way; an operator's command has none.</summary>
internal sealed class RequestOrigin(IHttpContextAccessor contexts) : IRequestOrigin
{
    private const int Ipv4PrefixBytes = 3;
    private const int Ipv6PrefixBytes = 6;

    public string? Browser =>
        contexts.HttpContext is { } context
            ? BrowserNames.Of(context.Request.Headers.UserAgent)
            : null;

    public string? Network =>
        contexts.HttpContext?.Connection.RemoteIpAddress is { } address ? NetworkOf(address) : null;

    /// <summary>The part of an address that tells a network and no person.</summary>
    internal static string NetworkOf(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        var kept =
            plain.AddressFamily == AddressFamily.InterNetwork ? Ipv4PrefixBytes : Ipv6PrefixBytes;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
