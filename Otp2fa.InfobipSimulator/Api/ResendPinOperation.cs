namespace Otp2fa.InfobipSimulator.Api;

/// <summary>Sends a PIN again by message. Number Lookup comes first, as there is no way to decline it.</summary>
internal sealed class ResendPinOperation(ResendPreparation preparation, SmsDelivery delivery)
    : IOperation
{
    public InfobipOperation Kind => InfobipOperation.ResendPin;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/pin/{pinId}/resend";

    public OperationResult Execute(OperationRequest request) =>
        preparation.TryPrepare(request, out var message, out var refusal)
            ? delivery.Deliver(message, request, lookUp: true)
            : refusal;
}
