using System.Net;
using System.Net.Sockets;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Which hosts the API key may travel to (OWASP ASVS 5.0, 13.2.4). Compared label by label and without case, so
/// that <c>evilapi.infobip.com</c> and <c>api.infobip.com.example.org</c> are other hosts.
/// </summary>
internal static class HostAllowList
{
    private const string Wildcard = "*.";

    /// <summary>True for the names and addresses of this machine: localhost, 127.0.0.0/8 and ::1.</summary>
    public static bool IsLoopback(Uri address) =>
        string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase)
        || (
            IPAddress.TryParse(address.IdnHost, out var ip)
            && (
                ip.AddressFamily == AddressFamily.InterNetwork
                    ? IPAddress.IsLoopback(ip)
                    : ip.Equals(IPAddress.IPv6Loopback)
            )
        );

    public static bool Allows(IReadOnlyCollection<string> patterns, Uri address) =>
        patterns.Any(pattern => Matches(pattern, address.IdnHost));

    /// <summary>
    /// A host name or address, or <c>*.</c> and a name of at least two labels: one label would open a whole top-level
    /// domain.
    /// </summary>
    public static bool IsPattern(string? pattern)
    {
        if (string.IsNullOrEmpty(pattern))
        {
            return false;
        }

        return pattern.StartsWith(Wildcard, StringComparison.Ordinal)
            ? Uri.CheckHostName(pattern[Wildcard.Length..]) == UriHostNameType.Dns
                && pattern[Wildcard.Length..].Trim('.').Contains('.', StringComparison.Ordinal)
            : Uri.CheckHostName(pattern) != UriHostNameType.Unknown;
    }

    private static bool Matches(string pattern, string host)
    {
        if (!IsPattern(pattern))
        {
            return false;
        }

        // The dot stays part of the comparison: that is what makes the labels before it whole.
        return pattern.StartsWith(Wildcard, StringComparison.Ordinal)
            ? host.Length >= pattern.Length
                && host[0] != '.'
                && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, pattern, StringComparison.OrdinalIgnoreCase);
    }
}
