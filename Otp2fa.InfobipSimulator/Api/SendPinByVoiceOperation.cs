namespace Otp2fa.InfobipSimulator.Api;

/// <summary>Generates a PIN and calls with it; otherwise a send like any other.</summary>
internal sealed class SendPinByVoiceOperation(SendPreparation preparation, VoiceDelivery delivery)
    : IOperation
{
    public InfobipOperation Kind => InfobipOperation.SendPinByVoice;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/pin/voice";

    public OperationResult Execute(OperationRequest request) =>
        preparation.TryPrepare(request, out var message, out var refusal)
            ? delivery.Deliver(message, request)
            : refusal;
}
