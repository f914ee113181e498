namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// Generates a PIN and puts its message on the phone. Infobip lists neither 404 nor 429 for it: what an unknown
/// application or template and a reached limit get is assumed.
/// </summary>
internal sealed class SendPinOperation(
    SendPreparation preparation,
    SmsDelivery delivery,
    Refusals refusals
) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.SendPin;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/pin";

    public OperationResult Execute(OperationRequest request) =>
        request.TryReadFlag("ncNeeded", out var ncNeeded)
            ? preparation.TryPrepare(request, out var message, out var refusal)
                ? delivery.Deliver(message, request, lookUp: ncNeeded ?? true)
                : refusal
            : refusals.Invalid("ncNeeded", "must be true or false");
}
