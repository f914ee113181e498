using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Otp2fa.Web.Infobip;

/// <summary>Why an answer did not arrive whole.</summary>
internal enum ReplyFault
{
    None,
    Timeout,
    Connection,

    /// <summary>The headers came, the body broke off.</summary>
    Cut,
    Oversized,
}

/// <summary>What came back of one call: perhaps a status, perhaps a body, perhaps neither. Not a record: it would print.</summary>
internal sealed class InfobipReply
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>HTTP status, if the headers arrived.</summary>
    public int? Status { get; init; }

    public ReplyFault Fault { get; init; }

    /// <summary>The body, where it arrived whole and claims to be JSON, uncompressed.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Infobip's id of the call as it came: not fit for a log before it is cleaned.</summary>
    public string? RequestId { get; init; }

    /// <summary>What time it is at the far end, where it says so.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>How long the far end asks to wait, where it says so in either form; never negative.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>Type of the exception behind the fault. Never its text: that holds the URL, and so the pinId.</summary>
    public string? ErrorType { get; init; }

    public HttpRequestError? TransportError { get; init; }

    /// <summary>The body as <typeparamref name="T"/>, or null if it is nothing of the kind.</summary>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        var json = Json.Span;
        if (json.StartsWith(ByteOrderMark))
        {
            json = json[ByteOrderMark.Length..];
        }

        try
        {
            return json.IsEmpty ? null : JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether the answer is an error about this property of the request.</summary>
    public bool IsErrorAbout(string property) =>
        ReadErrorProperties().Contains(property, StringComparer.Ordinal);

    /// <summary>The properties of the request that an error answer names.</summary>
    public IReadOnlyList<string> ReadErrorProperties() =>
        [.. Read(InfobipJson.Default.ErrorResponse)?.Properties ?? []];

    /// <summary>The identifier of an error answer, or null.</summary>
    public string? ReadErrorCode() => Read(InfobipJson.Default.ErrorResponse)?.Code;
}
