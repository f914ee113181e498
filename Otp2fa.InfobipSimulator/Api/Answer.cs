using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>A complete HTTP answer that has not been written yet, so that a fault can still change it.</summary>
internal sealed record Answer(int Status, ReadOnlyMemory<byte> Body)
{
    public const string Json = "application/json";

    public string ContentType { get; init; } = Json;

    public string? RetryAfter { get; init; }

    public static Answer Created<T>(T body, JsonTypeInfo<T> type) =>
        Ok(body, type) with
        {
            Status = StatusCodes.Status201Created,
        };

    public static Answer Ok<T>(T body, JsonTypeInfo<T> type) =>
        new(StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(body, type));
}
