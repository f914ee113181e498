using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// What an operation sees of a call: authorized, body read, the assumptions as they were when it began, and the fault it
/// may have to act out.
/// </summary>
internal sealed record OperationRequest(
    RouteValueDictionary Route,
    IQueryCollection Query,
    ReadOnlyMemory<byte> Body,
    bool HasJsonBody,
    SimulatorAssumptions Assumptions,
    Fault? Fault
)
{
    /// <summary>No body at all, which a few operations allow.</summary>
    public bool HasNoBody => Body.IsEmpty;

    /// <summary>An id from the path. Routing decodes every character of it but the slash.</summary>
    public string RouteValue(string name) =>
        (Route[name] as string ?? string.Empty).Replace(
            "%2F",
            "/",
            StringComparison.OrdinalIgnoreCase
        );

    /// <summary>A flag of the query, null when it is not there; false when its value is not boolean.</summary>
    public bool TryReadFlag(string name, out bool? flag)
    {
        flag = null;
        if (!Query.TryGetValue(name, out var text))
        {
            return true;
        }

        if (!bool.TryParse(text, out var value))
        {
            return false;
        }

        flag = value;
        return true;
    }

    /// <summary>Reads the body strictly: a number where Infobip has a string is an error, as is an empty body.</summary>
    public bool TryReadBody<T>(JsonTypeInfo<T> type, [NotNullWhen(true)] out T? body)
        where T : class
    {
        body = null;
        if (!HasJsonBody)
        {
            return false;
        }

        try
        {
            body = JsonSerializer.Deserialize(Body.Span, type);
        }
        catch (JsonException)
        {
            return false;
        }

        return body is not null;
    }
}
