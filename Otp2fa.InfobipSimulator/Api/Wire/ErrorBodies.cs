namespace Otp2fa.InfobipSimulator.Api.Wire;

internal sealed record LegacyErrorBody(RequestError RequestError);

internal sealed record RequestError(ServiceException ServiceException);

internal sealed record ServiceException(
    string MessageId,
    string Text,
    IReadOnlyDictionary<string, string[]>? ValidationErrors
);

internal sealed record PlatformErrorBody(
    string ErrorCode,
    string Description,
    string Action,
    IReadOnlyList<Violation> Violations,
    IReadOnlyList<Resource> Resources
);

internal sealed record Violation(
    string Property,
    [property: System.Text.Json.Serialization.JsonPropertyName("violation")] string Text
);

internal sealed record Resource(string Name, string Url);
