using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// Judges an attempt at a PIN. The limit per number is checked before the PIN is looked at, so a throttled call costs
/// no attempt (assumed; Infobip documents the limit, not its answer).
/// </summary>
internal sealed class VerifyPinOperation(
    ApplicationStore applications,
    PinStore pins,
    RequestLimits limits,
    ErrorAnswers errors,
    SimulatorOptions options,
    TimeProvider time
) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.VerifyPin;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/pin/{pinId}/verify";

    public OperationResult Execute(OperationRequest request)
    {
        var pinId = request.RouteValue("pinId");
        if (!request.TryReadBody(WireJson.Default.VerifyPinRequest, out var body))
        {
            return new OperationResult(
                CallOutcome.Rejected,
                errors.BadRequest("Request body is not valid JSON for this operation"),
                pinId
            );
        }

        if (string.IsNullOrWhiteSpace(body.Pin))
        {
            var violations = new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["pin"] = ["must not be blank"],
            };
            return new OperationResult(CallOutcome.Rejected, errors.Invalid(violations), pinId);
        }

        if (pins.Find(pinId) is not { } pin)
        {
            return new OperationResult(CallOutcome.NotFound, UnknownPin(), pinId);
        }

        var now = time.GetUtcNow();
        if (
            applications.Find(pin.ApplicationId) is { } application
            && !limits.TryTake(
                now,
                out var wait,
                (
                    $"verify/{application.ApplicationId}/{pin.Number}",
                    application.Configuration.VerifyPinLimit
                )
            )
        )
        {
            var retryAfter = options.TellRetryAfter ? RetryAfter.Seconds(wait) : null;
            return new OperationResult(
                CallOutcome.Throttled,
                errors.TooManyRequests(retryAfter),
                pinId,
                pin.Number
            );
        }

        var (verdict, remaining) = pin.Attempt(body.Pin, now);
        return new OperationResult(
            Outcome(verdict),
            Judged(pin, verdict, remaining),
            pinId,
            pin.Number
        );
    }

    private static CallOutcome Outcome(PinVerdict verdict) =>
        verdict switch
        {
            PinVerdict.Verified => CallOutcome.Verified,
            PinVerdict.Wrong => CallOutcome.WrongPin,
            PinVerdict.Expired => CallOutcome.Expired,
            PinVerdict.AttemptsExhausted => CallOutcome.AttemptsExhausted,
        };

    private Answer UnknownPin() =>
        options.VerifyErrorStyle switch
        {
            VerifyErrorStyle.Ok200 => errors.NotFound(),
            VerifyErrorStyle.Http400 => errors.Of(
                StatusCodes.Status400BadRequest,
                "PIN_NOT_FOUND",
                "Pin not found"
            ),
        };

    private Answer Judged(IssuedPin pin, PinVerdict verdict, int remaining) =>
        (verdict, options.VerifyErrorStyle) switch
        {
            (PinVerdict.Verified, _) => Body(pin, remaining, pinError: null),
            (PinVerdict.Wrong, VerifyErrorStyle.Ok200) => Body(pin, remaining, "WRONG_PIN"),
            (PinVerdict.Expired, VerifyErrorStyle.Ok200) => Body(pin, remaining, "TTL_EXPIRED"),
            (PinVerdict.AttemptsExhausted, VerifyErrorStyle.Ok200) => Body(
                pin,
                remaining,
                "NO_MORE_PIN_ATTEMPTS"
            ),
            (PinVerdict.Wrong, VerifyErrorStyle.Http400) => Error("WRONG_PIN", "Wrong pin"),
            (PinVerdict.Expired, VerifyErrorStyle.Http400) => Error(
                "TTL_EXPIRED",
                "Pin has expired"
            ),
            (PinVerdict.AttemptsExhausted, VerifyErrorStyle.Http400) => Error(
                "MAX_ATTEMPTS_EXCEEDED",
                "No more attempts"
            ),
        };

    private static Answer Body(IssuedPin pin, int remaining, string? pinError) =>
        Answer.Ok(
            new VerifyPinResponse(pin.PinId, pin.Number, pinError is null, remaining, pinError),
            WireJson.Default.VerifyPinResponse
        );

    private Answer Error(string messageId, string text) =>
        errors.Of(StatusCodes.Status400BadRequest, messageId, text);
}
