namespace Otp2fa.Web.Data;

/// <summary>Where the request under way came from, in words that may be kept.</summary>
public interface IRequestOrigin
{
    /// <summary>What the browser calls itself, in words from our own list, at most 64 characters; null outside a request.</summary>
    string? Browser { get; }

    /// <summary>
    /// What counts as one client address: an IPv4 address or an IPv6 /64. To be hashed and not to be kept; null if it is not
    /// known.
    /// </summary>
    string? Address { get; }

    /// <summary>The client's network: an IPv4 /24 or an IPv6 /48; null if the address is not known.</summary>
    string? Network { get; }
}
