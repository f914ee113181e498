using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Phone;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>Puts a PIN on the phone as a message, unless a fault withholds it, and answers as Infobip does.</summary>
internal sealed class SmsDelivery(Account account)
{
    private const string Reachable = "NC_DESTINATION_REACHABLE";
    private const string Unknown = "NC_DESTINATION_UNKNOWN";
    private const string MessageSent = "MESSAGE_SENT";
    private const string MessageNotSent = "MESSAGE_NOT_SENT";

    // Infobip's list and its rule text name the same condition differently.
    private static readonly string[] Unreachable =
    [
        "NC_NOT_REACHABLE",
        "NC_DESTINATION_NOT_REACHABLE",
    ];

    /// <param name="message">What goes out.</param>
    /// <param name="request">The call, for its fault and assumptions.</param>
    /// <param name="lookUp">Whether Number Lookup comes first; without it nobody is unreachable.</param>
    public OperationResult Deliver(PinMessage message, OperationRequest request, bool lookUp)
    {
        var (pin, fault, assumptions) = (message.Pin, request.Fault, request.Assumptions);
        var ncStatus =
            lookUp ? fault?.NcStatus ?? Reachable
            : assumptions.NcStatusWithoutLookup ? Unknown
            : null;
        var smsStatus =
            fault?.SmsStatus
            ?? (
                Unreachable.Contains(ncStatus, StringComparer.Ordinal)
                    ? MessageNotSent
                    : MessageSent
            );
        var sent = string.Equals(smsStatus, MessageSent, StringComparison.Ordinal);
        if (sent)
        {
            account.Phone.Receive(
                new PhoneMessage(
                    pin.Number,
                    pin.Sender ?? message.Template.SenderId,
                    message.Template.Fill(pin.Pin, message.Placeholders),
                    pin.Pin,
                    account.Time.GetUtcNow()
                )
            );
            pin.MarkDelivered();
        }

        return new OperationResult(
            sent ? CallOutcome.Sent : CallOutcome.NotSent,
            Answer.Ok(
                new SendPinResponse(
                    sent || assumptions.NotSentHasPinId ? pin.PinId : null,
                    pin.Number,
                    ncStatus,
                    smsStatus,
                    CallStatus: null,
                    message.TrackDelivery ? PinGenerator.NewId() : null
                ),
                WireJson.Default.SendPinResponse
            ),
            pin.PinId,
            pin.Number
        );
    }
}
