using System.Text.Json;
using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// Error answers in one of Infobip's two forms, that of the assumptions in force unless a fault asks for another.
/// Identifiers without a counterpart in the platform form are used there unchanged.
/// </summary>
internal sealed class ErrorAnswers(AssumptionsInForce assumptions, ErrorEnvelope? forced = null)
{
    public ErrorAnswers In(ErrorEnvelope envelope) => new(assumptions, envelope);

    public Answer BadRequest(
        string text,
        IReadOnlyDictionary<string, string[]>? validationErrors = null
    ) => Of(StatusCodes.Status400BadRequest, "BAD_REQUEST", text, validationErrors);

    public Answer Invalid(IReadOnlyDictionary<string, string[]> validationErrors) =>
        BadRequest("Bad request", validationErrors);

    public Answer Unauthorized() =>
        Of(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "Invalid login details");

    public Answer NotFound(string text = "Not found") =>
        Of(StatusCodes.Status404NotFound, "NOT_FOUND", text);

    public Answer Forbidden() => Of(StatusCodes.Status403Forbidden);

    /// <summary>The body is not the JSON object the operation reads.</summary>
    public Answer Unreadable() => BadRequest("Request body is not valid JSON for this operation");

    public Answer TooManyRequests(TimeSpan wait, DateTimeOffset now) =>
        Of(StatusCodes.Status429TooManyRequests) with
        {
            RetryAfter = RetryAfter.Of(assumptions.Current.RetryAfter, wait, now),
        };

    /// <summary>The answer Infobip documents for a status; statuses without one of their own get the nearest.</summary>
    public Answer Of(int status) =>
        status switch
        {
            < 400 => new Answer(status, ReadOnlyMemory<byte>.Empty),
            401 => Unauthorized(),
            403 when assumptions.Current.ForbiddenSaysUnauthorized => Of(
                status,
                "UNAUTHORIZED",
                "Unauthorized access"
            ),
            403 => Of(status, "FORBIDDEN", "Forbidden"),
            404 => NotFound(),
            429 => Of(status, "TOO_MANY_REQUESTS", "Too many requests"),
            503 => Of(status, "0", "Service is temporarily unavailable."),
            < 500 => Of(status, "BAD_REQUEST", "Bad request"),
            _ => Of(status, "GENERAL_ERROR", "Something went wrong. Please contact support."),
        };

    public Answer Of(
        int status,
        string messageId,
        string text,
        IReadOnlyDictionary<string, string[]>? validationErrors = null
    ) =>
        new(
            status,
            Envelope(status) switch
            {
                ErrorEnvelope.Legacy => JsonSerializer.SerializeToUtf8Bytes(
                    new LegacyErrorBody(
                        new RequestError(new ServiceException(messageId, text, validationErrors))
                    ),
                    WireJson.Default.LegacyErrorBody
                ),
                ErrorEnvelope.Platform => JsonSerializer.SerializeToUtf8Bytes(
                    new PlatformErrorBody(
                        PlatformCode(messageId),
                        text,
                        "Check the request and try again.",
                        [.. Violations(validationErrors)],
                        []
                    ),
                    WireJson.Default.PlatformErrorBody
                ),
            }
        );

    private ErrorEnvelope Envelope(int status) =>
        (forced, assumptions.Current) switch
        {
            ({ } envelope, _) => envelope,
            (null, { ThrottlingInPlatformForm: true })
                when status == StatusCodes.Status429TooManyRequests => ErrorEnvelope.Platform,
            (null, var current) => current.ErrorEnvelope,
        };

    private static IEnumerable<Violation> Violations(
        IReadOnlyDictionary<string, string[]>? validationErrors
    ) =>
        validationErrors?.SelectMany(entry =>
            entry.Value.Select(text => new Violation(entry.Key, text))
        )
        ?? [];

    private static string PlatformCode(string messageId) =>
        messageId switch
        {
            "BAD_REQUEST" => "E400",
            "UNAUTHORIZED" => "E401",
            "FORBIDDEN" => "E403",
            "NOT_FOUND" => "E404",
            "TOO_MANY_REQUESTS" => "E429",
            "GENERAL_ERROR" => "E500",
            _ => messageId,
        };
}
