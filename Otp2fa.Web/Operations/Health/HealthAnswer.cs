using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Operations.Health;

/// <summary>
/// One word for everybody; what is wrong only for a caller on this machine or on the port named for it. Exceptions are
/// never told: they may hold a connection string.
/// </summary>
internal static class HealthAnswer
{
    public static async Task WriteAsync(HttpContext context, HealthReport report)
    {
        if (!MayKnowMore(context))
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(report.Status.ToString(), context.RequestAborted);
            return;
        }

        context.Response.ContentType = "application/json";
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("status", report.Status.ToString());
            json.WriteStartObject("checks");
            foreach (var (name, entry) in report.Entries)
            {
                json.WriteStartObject(name);
                json.WriteString("status", entry.Status.ToString());
                json.WriteString("description", TextOf(entry));
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        await context.Response.Body.WriteAsync(buffer.ToArray(), context.RequestAborted);
    }

    // Of a check that threw, the framework takes the exception's text for its description.
    private static string TextOf(HealthReportEntry entry) =>
        entry switch
        {
            { Exception: null, Description: { } description } => description,
            { Status: HealthStatus.Healthy } => "As it should be.",
            _ => "It cannot be used; the log says why.",
        };

    private static bool MayKnowMore(HttpContext context)
    {
        var connection = context.Connection;
        var detailsPort = context
            .RequestServices.GetRequiredService<IOptions<HealthOptions>>()
            .Value.DetailsPort;
        if (detailsPort is { } port && connection.LocalPort == port)
        {
            return true;
        }

        // A proxy on this machine speaks for the world: what it forwards is not from here.
        // One that adds no header of its own still asks by the name of the site.
        return connection.RemoteIpAddress is { } caller
            && IPAddress.IsLoopback(caller)
            && IsLoopbackName(context.Request.Host.Host)
            && !context.Request.Headers.Keys.Any(name =>
                name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
                || name.Equals("Via", StringComparison.OrdinalIgnoreCase)
                || name.Equals("X-Real-IP", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
            );
    }

    private static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
