using Otp2fa.InfobipSimulator.Api.Applications;
using Otp2fa.InfobipSimulator.Api.Messages;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>The list of what this simulator answers.</summary>
internal static class Operations
{
    public static IReadOnlyList<IOperation> All(Account account, ErrorAnswers errors)
    {
        var refusals = new Refusals(errors, account.Time);
        var send = new SendPreparation(account, refusals);
        var resend = new ResendPreparation(account, refusals);
        var sms = new SmsDelivery(account);
        var voice = new VoiceDelivery(account);
        return
        [
            new ListApplicationsOperation(account),
            new CreateApplicationOperation(account, refusals),
            new ReadApplicationOperation(account, refusals),
            new UpdateApplicationOperation(account, refusals),
            new ListMessagesOperation(account, refusals),
            new CreateMessageOperation(account, refusals),
            new ReadMessageOperation(account, refusals),
            new UpdateMessageOperation(account, refusals),
            new SendPinOperation(send, sms, refusals),
            new ResendPinOperation(resend, sms),
            new SendPinByVoiceOperation(send, voice),
            new ResendPinByVoiceOperation(resend, voice),
            new VerifyPinOperation(account, refusals, new VerifyAnswers(errors)),
            new ReadStatusOperation(account, refusals),
        ];
    }
}
