using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>A verdict on a PIN in either of the two contested styles.</summary>
internal sealed class VerifyAnswers(ErrorAnswers errors)
{
    private const string WrongPin = "WRONG_PIN";
    private const string TtlExpired = "TTL_EXPIRED";

    public Answer UnknownPin(SimulatorAssumptions assumptions) =>
        assumptions.VerifyErrorStyle switch
        {
            VerifyErrorStyle.Ok200 => errors.NotFound(),
            VerifyErrorStyle.Http400 => Error("PIN_NOT_FOUND", "Pin not found"),
        };

    public Answer Of(
        IssuedPin pin,
        PinVerdict verdict,
        int remaining,
        SimulatorAssumptions assumptions
    ) =>
        (verdict, assumptions.VerifyErrorStyle) switch
        {
            (PinVerdict.Verified, _) => Body(pin, remaining, pinError: null),
            (PinVerdict.VerifiedBefore, _) => VerifiedBefore(pin, assumptions),
            (PinVerdict.Wrong, VerifyErrorStyle.Ok200) => Body(pin, remaining, WrongPin),
            (PinVerdict.Expired, VerifyErrorStyle.Ok200) => Body(pin, remaining, TtlExpired),
            (PinVerdict.AttemptsExhausted, VerifyErrorStyle.Ok200) => Body(
                pin,
                remaining,
                "NO_MORE_PIN_ATTEMPTS"
            ),
            (PinVerdict.Wrong, VerifyErrorStyle.Http400) => Error(WrongPin, "Wrong pin"),
            (PinVerdict.Expired, VerifyErrorStyle.Http400) => Error(TtlExpired, "Pin has expired"),
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

    private Answer VerifiedBefore(IssuedPin pin, SimulatorAssumptions assumptions) =>
        assumptions.SecondVerification switch
        {
            SecondVerificationAnswer.NoMorePinAttempts => Of(
                pin,
                PinVerdict.AttemptsExhausted,
                0,
                assumptions
            ),
            SecondVerificationAnswer.WrongPin => Of(pin, PinVerdict.Wrong, 0, assumptions),
            SecondVerificationAnswer.TtlExpired => Of(pin, PinVerdict.Expired, 0, assumptions),
            SecondVerificationAnswer.NotFound => UnknownPin(assumptions),
        };

    private Answer Error(string messageId, string text) =>
        errors.Of(StatusCodes.Status400BadRequest, messageId, text);
}
