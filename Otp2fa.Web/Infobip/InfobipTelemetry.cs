using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// How long calls took, as spans and as a histogram. The HTTP client's own spans are off: their url.full would carry the
/// pinId into every trace. These carry the route (OpenTelemetry's names for HTTP clients).
/// </summary>
internal sealed class InfobipTelemetry
{
    public const string Name = "Otp2fa.Infobip";

    public const string DurationName = "otp2fa.infobip.call.duration";

    private static readonly ActivitySource Source = new(Name);

    private readonly Histogram<double> duration;

    public InfobipTelemetry(IMeterFactory meters) =>
        duration = meters
            .Create(Name)
            .CreateHistogram<double>(DurationName, "s", "Calls to Infobip, to the last byte read");

    /// <summary>The span of a call that begins now; null if nobody listens.</summary>
    /// <param name="method">Its HTTP method.</param>
    /// <param name="route">Its path with names in place of ids.</param>
    /// <param name="host">Of the account.</param>
    public static Activity? Begin(HttpMethod method, string route, string host) =>
        Source
            .StartActivity($"{method} {route}", ActivityKind.Client)
            ?.SetTag("http.request.method", method.Method)
            .SetTag("url.template", route)
            .SetTag("server.address", host);

    public void End(Activity? span, HttpMethod method, string route, InfobipReply reply)
    {
        var error = reply switch
        {
            { Fault: not ReplyFault.None } => reply.Fault.ToString(),
            { Status: >= (int)HttpStatusCode.BadRequest } => $"{reply.Status}",
            _ => null,
        };
        duration.Record(
            reply.Elapsed.TotalSeconds,
            new("http.request.method", method.Method),
            new("url.template", route),
            new("http.response.status_code", reply.Status),
            new("error.type", error)
        );
        span?.SetTag("http.response.status_code", reply.Status);
        if (error is not null)
        {
            span?.SetTag("error.type", error).SetStatus(ActivityStatusCode.Error);
        }
    }
}
