using Microsoft.Extensions.Options;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Infobip;

/// <summary>One call through its circuit, one reading by the tables, one log line.</summary>
internal sealed class InfobipPinProvider(
    InfobipClient client,
    InfobipCircuits circuits,
    IOptions<InfobipOptions> options,
    ILogger<InfobipPinProvider> logger
) : IPinProvider
{
    private const string Verify = "verify";

    /// <remarks>A code that could not be checked would be a wasted message, so checks count, too.</remarks>
    public bool IsDown => circuits.Sends.IsOpen || circuits.Checks.IsOpen;

    public Task<PinSendAnswer> SendAsync(PhoneNumber to, PinChannel channel) =>
        channel switch
        {
            PinChannel.Sms => SendAsync("send", to, null, () => client.SendPinAsync(to.Digits)),
            PinChannel.Voice => SendAsync(
                "voice",
                to,
                null,
                () => client.CallWithPinAsync(to.Digits)
            ),
        };

    public Task<PinSendAnswer> ResendAsync(string pinId, PhoneNumber sentTo, PinChannel channel)
    {
        var operation = channel == PinChannel.Voice ? "resend by voice" : "resend";
        if (!PinIds.IsUsable(pinId))
        {
            logger.UnusablePinId(operation, sentTo.LastDigits);
            return Task.FromResult(new PinSendAnswer(PinSendStatus.UnknownPin));
        }

        return SendAsync(
            operation,
            sentTo,
            pinId,
            () =>
                channel == PinChannel.Voice
                    ? client.CallAgainWithPinAsync(pinId)
                    : client.ResendPinAsync(pinId)
        );
    }

    public async Task<PinVerifyAnswer> VerifyAsync(string pinId, PhoneNumber sentTo, PinCode pin)
    {
        if (!PinIds.IsUsable(pinId))
        {
            logger.UnusablePinId(Verify, sentTo.LastDigits);
            return new PinVerifyAnswer(PinVerifyStatus.UnknownPin);
        }

        PinVerifyAnswer? answer = null;
        var admission = await circuits.Checks.TryAsync(async () =>
        {
            var reply = await client.VerifyPinAsync(pinId, pin.Digits, CancellationToken.None);
            var verdict = VerifyRules.Judge(reply, pinId, sentTo);
            answer = verdict.Answer;
            Report(
                Verify,
                sentTo,
                answer.Status.ToString(),
                reply,
                verdict,
                [sentTo.Digits, pinId, pin.Digits, options.Value.ApiKey]
            );
            return CallHealth.Of(verdict.Finding, reply.Elapsed);
        });
        return answer
            ?? new PinVerifyAnswer(
                admission == CallAdmission.Crowded
                    ? PinVerifyStatus.Crowded
                    : PinVerifyStatus.NotAsked
            );
    }

    private async Task<PinSendAnswer> SendAsync(
        string operation,
        PhoneNumber to,
        string? pinId,
        Func<Task<InfobipReply>> call
    )
    {
        PinSendAnswer? answer = null;
        var admission = await circuits.Sends.TryAsync(async () =>
        {
            var reply = await call();
            var verdict = SendRules.Judge(reply, to, pinId);
            answer = verdict.Answer;
            Report(
                operation,
                to,
                answer.Status.ToString(),
                reply,
                verdict,
                [to.Digits, pinId, answer.PinId, options.Value.ApiKey]
            );
            return CallHealth.Of(verdict.Finding, reply.Elapsed);
        });
        return answer
            ?? new PinSendAnswer(
                admission == CallAdmission.Crowded ? PinSendStatus.Crowded : PinSendStatus.NotAsked
            );
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
