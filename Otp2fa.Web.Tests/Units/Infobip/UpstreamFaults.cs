using System.IO.Compression;
using System.Text;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Units.Infobip;

/// <summary>
/// Every way to spoil an answer that would otherwise be a success of both calls. Named, so that a failing row tells
/// which one it was.
/// </summary>
internal static class UpstreamFaults
{
    public const string Good =
        """{"pinId":"CANARYPIN2F9A61D0","to":"447700900123","msisdn":"447700900123","smsStatus":"MESSAGE_SENT","verified":true}""";

    private const string Json = "Content-Type: application/json";

    /// <summary>Faults that end only with the client's own time-out.</summary>
    public static IReadOnlyDictionary<string, UpstreamScript> Slow { get; } =
        new Dictionary<string, UpstreamScript>(StringComparer.Ordinal)
        {
            ["no headers"] = UpstreamScripts.Silence(),
            ["dripping body"] = UpstreamScripts.Drip(200, Good),
            ["dripping error body"] = UpstreamScripts.Drip(400, Good),
        };

    public static IReadOnlyDictionary<string, UpstreamScript> Quick { get; } =
        new Dictionary<string, UpstreamScript>(StringComparer.Ordinal)
        {
            ["hangs up"] = UpstreamScripts.HangUp(),
            ["not HTTP"] = UpstreamScripts.Raw("+OK ready\r\n"),
            ["half a head"] = UpstreamScripts.Raw("HTTP/1.1 200 OK\r\nContent-Type: appl"),
            ["huge head"] = UpstreamScripts.Json(200, Good, $"X-Filler: {new string('a', 20_000)}"),
            ["cut body"] = UpstreamScripts.Raw(
                $"HTTP/1.1 200 OK\r\n{Json}\r\nContent-Length: 1000\r\n\r\n{Good}"
            ),
            ["cut chunks"] = UpstreamScripts.Raw(
                $"HTTP/1.1 200 OK\r\n{Json}\r\nTransfer-Encoding: chunked\r\n\r\n{Good.Length:x}\r\n{Good}\r\n"
            ),
            ["wrong chunks"] = UpstreamScripts.Raw(
                $"HTTP/1.1 200 OK\r\n{Json}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{Good}\r\n0\r\n\r\n"
            ),
            ["cut error body"] = UpstreamScripts.Raw(
                $"HTTP/1.1 400 Bad\r\n{Json}\r\nContent-Length: 1000\r\n\r\n{Good}"
            ),
            ["redirect"] = UpstreamScripts.Json(302, Good, "Location: /2fa/2/elsewhere"),
            ["redirect that keeps the method"] = UpstreamScripts.Json(
                307,
                Good,
                "Location: /2fa/2/elsewhere"
            ),
            ["announced oversize"] = UpstreamScripts.Json(200, Good + new string(' ', 64 * 1024)),
            ["endless chunks"] = UpstreamScripts.EndlessChunks(200),
            ["endless error chunks"] = UpstreamScripts.EndlessChunks(404),
            ["gzip claim only"] = UpstreamScripts.Json(200, Good, "Content-Encoding: gzip"),
            ["gzip"] = UpstreamScripts.Reply(200, Gzip(Good), Json, "Content-Encoding: gzip"),
            ["empty"] = UpstreamScripts.Json(200, string.Empty),
            ["no content"] = UpstreamScripts.Raw(
                "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
            ),
            ["white space"] = UpstreamScripts.Json(200, "  \r\n"),
            ["lone byte order mark"] = UpstreamScripts.Reply(200, [0xEF, 0xBB, 0xBF], Json),
            ["HTML"] = UpstreamScripts.Reply(
                200,
                Encoding.UTF8.GetBytes("<html>OK</html>"),
                "Content-Type: text/html"
            ),
            ["HTML called JSON"] = UpstreamScripts.Json(200, "<html>OK</html>"),
            ["JSON called HTML"] = UpstreamScripts.Reply(
                200,
                Encoding.UTF8.GetBytes(Good),
                "Content-Type: text/html; charset=utf-8"
            ),
            ["XML"] = UpstreamScripts.Reply(
                200,
                Encoding.UTF8.GetBytes("<r><verified>true</verified></r>"),
                "Content-Type: application/xml"
            ),
            ["half of the JSON"] = UpstreamScripts.Json(200, Good[..^1]),
            ["more after the JSON"] = UpstreamScripts.Json(200, Good + Good),
            ["comment"] = UpstreamScripts.Json(200, Good + "// done"),
            ["array"] = UpstreamScripts.Json(200, $"[{Good}]"),
            ["null"] = UpstreamScripts.Json(200, "null"),
            ["true"] = UpstreamScripts.Json(200, "true"),
            ["string"] = UpstreamScripts.Json(200, "\"verified\""),
            ["nested too deep"] = UpstreamScripts.Json(
                200,
                $"{Good[..^1]},\"x\":{new string('[', 500)}{new string(']', 500)}}}"
            ),
            ["member twice"] = UpstreamScripts.Json(
                200,
                Good[..^1] + ",\"verified\":true,\"pinId\":\"CANARYPIN2F9A61D0\"}"
            ),
            ["lone surrogate"] = UpstreamScripts.Json(
                200,
                """{"pinId":"\ud800","smsStatus":"MESSAGE_SENT","verified":true}"""
            ),
            ["not UTF-8"] = UpstreamScripts.Reply(
                200,
                [.. "{\"verified\":true,\"pinId\":\""u8, 0xFF, 0xFE, .. "\"}"u8],
                Json
            ),
            ["UTF-16"] = UpstreamScripts.Reply(200, Encoding.Unicode.GetBytes(Good), Json),
        };

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
