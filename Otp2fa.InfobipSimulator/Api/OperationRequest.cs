using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>What an operation sees of a call: authorized, body read, and the fault it may have to act out.</summary>
internal sealed record OperationRequest(
    RouteValueDictionary Route,
    IQueryCollection Query,
    ReadOnlyMemory<byte> Body,
    bool HasJsonBody,
    Fault? Fault
)
{
    public string RouteValue(string name) => Route[name] as string ?? string.Empty;

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
