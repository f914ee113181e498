using System.Text.Json;
using System.Text.Json.Serialization;

namespace Otp2fa.Web.Infobip;

/// <summary>Body of <c>POST /2fa/2/pin</c>. Infobip makes the PIN and its text; <c>To</c> has no plus sign.</summary>
internal sealed record PinSendRequest(
    string ApplicationId,
    string MessageId,
    string To,
    string? From
)
{
    public override string ToString() => nameof(PinSendRequest);
}

/// <summary>Body of a resend. Sent empty: the template's own placeholders are none of ours.</summary>
internal sealed record PinResendRequest;

/// <summary>Body of <c>POST /2fa/2/pin/{pinId}/verify</c>. A string, because a PIN may begin with zeros.</summary>
internal sealed record PinVerifyRequest(string Pin)
{
    public override string ToString() => nameof(PinVerifyRequest);
}

/// <summary>Answer to a send. Every member is optional, and the value sets of the states are open.</summary>
internal sealed record PinSendResponse
{
    public WireText PinId { get; init; }
    public WireText To { get; init; }
    public WireText NcStatus { get; init; }
    public WireText SmsStatus { get; init; }
    public WireText CallStatus { get; init; }

    public override string ToString() => nameof(PinSendResponse);
}

/// <summary>Answer to a verify. A wrong PIN is an answer with status 200 too.</summary>
internal sealed record PinVerifyResponse
{
    public WireText PinId { get; init; }
    public WireText Msisdn { get; init; }

    [JsonConverter(typeof(WireTruthConverter))]
    public WireTruth Verified { get; init; }

    [JsonConverter(typeof(WireCountConverter))]
    public int? AttemptsRemaining { get; init; }

    public WireText PinError { get; init; }

    public override string ToString() => nameof(PinVerifyResponse);
}

/// <summary>
/// Both forms of Infobip's errors in one: <c>requestError</c> is what the 2FA API documents, <c>errorCode</c> what newer
/// products and the gateway in front of all of them use.
/// </summary>
internal sealed record ErrorResponse
{
    public RequestErrorPart? RequestError { get; init; }
    public WireText ErrorCode { get; init; }
    public JsonElement? Violations { get; init; }

    /// <summary>The identifier of the error, whichever form it came in; null if there is none.</summary>
    [JsonIgnore]
    public string? Code =>
        RequestError?.ServiceException?.MessageId.Value
        ?? RequestError?.PolicyException?.MessageId.Value
        ?? ErrorCode.Value;

    /// <summary>The properties of the request that the error is about; both forms can say so.</summary>
    [JsonIgnore]
    public IEnumerable<string> Properties =>
        NamesIn(RequestError?.ServiceException?.ValidationErrors).Concat(NamedBy(Violations));

    private static IEnumerable<string> NamesIn(JsonElement? errors) =>
        errors is { ValueKind: JsonValueKind.Object } named
            ? named.EnumerateObject().Select(property => property.Name)
            : [];

    private static IEnumerable<string> NamedBy(JsonElement? violations)
    {
        if (violations is not { ValueKind: JsonValueKind.Array } all)
        {
            yield break;
        }

        foreach (var violation in all.EnumerateArray())
        {
            if (
                violation.ValueKind == JsonValueKind.Object
                && violation.TryGetProperty("property", out var named)
                && named.ValueKind == JsonValueKind.String
            )
            {
                yield return named.GetString()!;
            }
        }
    }

    public override string ToString() => nameof(ErrorResponse);
}

internal sealed record RequestErrorPart(
    ExceptionPart? ServiceException,
    ExceptionPart? PolicyException
);

internal sealed record ExceptionPart(WireText MessageId, JsonElement? ValidationErrors);

/// <summary>
/// Strict where it decides something: names are compared with case and a member given twice makes the answer
/// unreadable. Unknown members are ignored, because Infobip adds some without a new version.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false
)]
[JsonSerializable(typeof(PinSendRequest))]
[JsonSerializable(typeof(PinResendRequest))]
[JsonSerializable(typeof(PinVerifyRequest))]
[JsonSerializable(typeof(PinSendResponse))]
[JsonSerializable(typeof(PinVerifyResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(ApplicationResponse))]
[JsonSerializable(typeof(TemplateResponse))]
[JsonSerializable(typeof(VerificationsResponse))]
[JsonSerializable(typeof(List<ApplicationResponse>))]
[JsonSerializable(typeof(List<TemplateResponse>))]
[JsonSerializable(typeof(ApplicationRequest))]
[JsonSerializable(typeof(TemplateRequest))]
internal sealed partial class InfobipJson : JsonSerializerContext;
