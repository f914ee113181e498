namespace Otp2fa.InfobipSimulator.Api;

/// <summary>Calls with a PIN that went out before, by message or by call.</summary>
internal sealed class ResendPinByVoiceOperation(
    ResendPreparation preparation,
    VoiceDelivery delivery
) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.ResendPinByVoice;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/pin/{pinId}/resend/voice";

    public OperationResult Execute(OperationRequest request) =>
        preparation.TryPrepare(request, out var message, out var refusal)
            ? delivery.Deliver(message, request)
            : refusal;
}
