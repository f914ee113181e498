using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// Judges an attempt at a PIN. The limit per number is checked before the PIN is looked at, so a throttled call costs
/// no attempt unless the assumptions say so (Infobip documents the limit, not its answer).
/// </summary>
internal sealed class VerifyPinOperation(Account account, Refusals refusals, VerifyAnswers answers)
    : IOperation
{
    public InfobipOperation Kind => InfobipOperation.VerifyPin;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/pin/{pinId}/verify";

    public OperationResult Execute(OperationRequest request)
    {
        var pinId = request.RouteValue("pinId");
        if (!request.TryReadBody(WireJson.Default.VerifyPinRequest, out var body))
        {
            return refusals.Unreadable(pinId);
        }

        if (string.IsNullOrWhiteSpace(body.Pin))
        {
            return refusals.Invalid("pin", "must not be blank") with { PinId = pinId };
        }

        var assumptions = request.Assumptions;
        if (account.Pins.Find(pinId) is not { } pin)
        {
            return new OperationResult(
                CallOutcome.NotFound,
                answers.UnknownPin(assumptions),
                pinId
            );
        }

        var now = account.Time.GetUtcNow();
        if (
            account.Applications.Find(pin.ApplicationId) is { } application
            && !account.Limits.TryTake(
                now,
                out var wait,
                (
                    $"verify/{application.ApplicationId}/{pin.Number}",
                    application.Configuration.VerifyPinLimit
                )
            )
        )
        {
            return Throttled(pin, assumptions, wait);
        }

        var (verdict, remaining) = pin.Attempt(body.Pin, now, assumptions);
        return new OperationResult(
            Outcome(verdict),
            answers.Of(pin, verdict, remaining, assumptions),
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
            PinVerdict.AttemptsExhausted or PinVerdict.VerifiedBefore =>
                CallOutcome.AttemptsExhausted,
        };

    private OperationResult Throttled(
        IssuedPin pin,
        SimulatorAssumptions assumptions,
        TimeSpan wait
    )
    {
        if (assumptions.ThrottledVerifyCostsAttempt)
        {
            pin.LoseAttempt();
        }

        var throttled = refusals.Throttled(wait, pin.PinId, pin.Number);
        return assumptions.VerifyLimit switch
        {
            VerifyLimitAnswer.Http429 => throttled,
            VerifyLimitAnswer.Http400 => throttled with
            {
                Answer = refusals.BadRequest("Verification limit reached").Answer,
            },
            VerifyLimitAnswer.NoMorePinAttempts => throttled with
            {
                Answer = answers.Of(pin, PinVerdict.AttemptsExhausted, 0, assumptions),
            },
        };
    }
}
