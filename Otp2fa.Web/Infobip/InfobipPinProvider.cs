using Microsoft.Extensions.Options;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Infobip;

/// <summary>One call, one reading by the tables, one log line.</summary>
internal sealed class InfobipPinProvider(
    InfobipClient client,
    IOptions<InfobipOptions> options,
    ILogger<InfobipPinProvider> logger
) : IPinProvider
{
    private const string Send = "send";
    private const string Verify = "verify";

    public async Task<PinSendAnswer> SendAsync(PhoneNumber to)
    {
        var reply = await client.SendPinAsync(to.Digits);
        var verdict = SendRules.Judge(reply, to);
        Report(
            Send,
            to,
            verdict.Answer.Status.ToString(),
            reply,
            verdict,
            [to.Digits, verdict.Answer.PinId, options.Value.ApiKey]
        );
        return verdict.Answer;
    }

    public async Task<PinVerifyAnswer> VerifyAsync(string pinId, PhoneNumber sentTo, PinCode pin)
    {
        if (!PinIds.IsUsable(pinId))
        {
            logger.UnusablePinId(Verify, sentTo.LastDigits);
            return new PinVerifyAnswer(PinVerifyStatus.UnknownPin);
        }

        var reply = await client.VerifyPinAsync(pinId, pin.Digits);
        var verdict = VerifyRules.Judge(reply, pinId, sentTo);
        Report(
            Verify,
            sentTo,
            verdict.Answer.Status.ToString(),
            reply,
            verdict,
            [sentTo.Digits, pinId, pin.Digits, options.Value.ApiKey]
        );
        return verdict.Answer;
    }

    private void Report<T>(
        string operation,
        PhoneNumber number,
        string outcome,
        InfobipReply reply,
        Verdict<T> verdict,
        ReadOnlySpan<string?> secrets
    ) =>
        logger.Report(
            verdict.Finding,
            outcome,
            new CallFacts(
                operation,
                number.LastDigits,
                reply.Status ?? 0,
                LogText.Code(verdict.Code, secrets) ?? CallFacts.None,
                LogText.RequestId(reply.RequestId, secrets) ?? CallFacts.None,
                (long)reply.Elapsed.TotalMilliseconds
            ),
            reply
        );
}
