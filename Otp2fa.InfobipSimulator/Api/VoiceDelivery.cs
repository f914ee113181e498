using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Phone;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>Lets the phone ring and says a PIN one character at a time, unless a fault withholds the call.</summary>
internal sealed class VoiceDelivery(Account account)
{
    private const string Accepted = "PENDING_ACCEPTED";

    // The states of a call in which a person hears it; Infobip's list is open.
    private static readonly string[] Ringing =
    [
        Accepted,
        "PROCESSING",
        "PROCESSED",
        "MESSAGE_SENT",
    ];

    public OperationResult Deliver(PinMessage message, OperationRequest request)
    {
        var pin = message.Pin;
        var callStatus = request.Fault?.CallStatus ?? Accepted;
        var placed = Ringing.Contains(callStatus, StringComparer.Ordinal);
        if (placed)
        {
            account.Phone.Receive(
                new PhoneMessage(
                    pin.Number,
                    pin.Sender ?? message.Template.SenderId,
                    message.Template.Fill(Spoken(pin.Pin), message.Placeholders),
                    pin.Pin,
                    account.Time.GetUtcNow()
                )
                {
                    Kind = PhoneMessageKind.Call,
                }
            );
            pin.MarkDelivered();
        }

        return new OperationResult(
            placed ? CallOutcome.Sent : CallOutcome.NotSent,
            Answer.Ok(
                new SendPinResponse(
                    placed || request.Assumptions.NotSentHasPinId ? pin.PinId : null,
                    pin.Number,
                    NcStatus: null,
                    SmsStatus: null,
                    callStatus,
                    message.TrackDelivery ? PinGenerator.NewId() : null
                ),
                WireJson.Default.SendPinResponse
            ),
            pin.PinId,
            pin.Number
        );
    }

    private static string Spoken(string pin) => string.Join(", ", pin.ToCharArray());
}
