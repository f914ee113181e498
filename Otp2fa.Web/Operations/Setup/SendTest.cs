using Microsoft.Extensions.Options;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// One real code to a phone in the operator's hand, typed back and checked: what no reading of the set-up can show. It goes the
/// way of every code, except that no account and no budget of the site is charged; Infobip's own limits are.
/// </summary>
internal sealed class SendTest(
    PhoneNumberParser parser,
    IPinProvider provider,
    IOptions<TwoFactorOptions> options,
    TimeProvider time
)
{
    /// <summary>The result where what was typed is no code.</summary>
    public const string NotTyped = "NotTyped";

    private const string NobodyAnswered = "NobodyAnswered";

    /// <param name="number">As it was typed.</param>
    /// <param name="readCode">Asks for the code that arrived; null if nobody answers.</param>
    /// <param name="report">Told of each step when it is done.</param>
    /// <returns>Whether the code came back and was right.</returns>
    public async Task<bool> RunAsync(
        string number,
        Func<Task<string?>> readCode,
        Func<SendTestStep, Task> report
    )
    {
        var begun = time.GetTimestamp();
        var parsed = parser.Parse(number);
        await report(
            parsed.Refusal is { } refusal
                ? new SendTestStep(
                    "number",
                    refusal.ToString(),
                    SecondsSince(begun),
                    Explain(refusal)
                )
                : new SendTestStep(
                    "number",
                    "Taken",
                    SecondsSince(begun),
                    $"Codes go to the {parsed.Number}."
                )
        );
        if (parsed.Number is not { } to)
        {
            return false;
        }

        begun = time.GetTimestamp();
        var sent = await provider.SendAsync(to, PinChannel.Sms);
        await report(
            new SendTestStep(
                "send",
                sent.Status.ToString(),
                SecondsSince(begun),
                sent.LacksLookup ? $"{Explain(sent.Status)} {NoLookup}" : Explain(sent.Status)
            )
        );
        if (sent.PinId is not { } pinId)
        {
            return false;
        }

        begun = time.GetTimestamp();
        var answer = await readCode();
        var typed = PinCode.Parse(answer, options.Value.PinLength);
        await report(
            answer is null
                ? new SendTestStep(
                    "typed",
                    NobodyAnswered,
                    SecondsSince(begun),
                    "A message went out, and nobody typed its code, so none was checked."
                )
            : typed.Pin is null
                ? new SendTestStep(
                    "typed",
                    NotTyped,
                    SecondsSince(begun),
                    $"That was no code of {options.Value.PinLength} digits, so none was checked. If the message has another length, the template does not fit: infobip doctor."
                )
            : new SendTestStep(
                "typed",
                "Taken",
                SecondsSince(begun),
                "So long it took to arrive and to be typed."
            )
        );
        if (typed.Pin is not { } pin)
        {
            return false;
        }

        begun = time.GetTimestamp();
        var checkedPin = await provider.VerifyAsync(pinId, to, pin);
        await report(
            new SendTestStep(
                "check",
                checkedPin.Status.ToString(),
                SecondsSince(begun),
                Explain(checkedPin.Status)
            )
        );
        return checkedPin.Status == PinVerifyStatus.Verified;
    }

    private double SecondsSince(long begun) => time.GetElapsedTime(begun).TotalSeconds;

    private const string NoLookup =
        "The account has no Number Lookup (NC_NOT_CONFIGURED), so a number that cannot be reached is found out late: ask Infobip for it, or set Infobip:NumberLookup to false.";

    private static string Explain(PhoneRefusal refusal) =>
        refusal switch
        {
            PhoneRefusal.Empty or PhoneRefusal.NotANumber =>
                "That cannot be read as a phone number. Type it with its country code, such as +33 6 12 34 56 78.",
            PhoneRefusal.CountryCodeMissing =>
                "The country code is missing, and Phone:DefaultRegion names none.",
            PhoneRefusal.NotInUse => "There is no such number in that country's numbering plan.",
            PhoneRefusal.TypeNotAccepted =>
                "Codes go to mobile numbers alone, by the settings Phone:*.",
            PhoneRefusal.CountryNotServed =>
                "Phone:AllowedCountries does not name the country of this number.",
        };

    private static string Explain(PinSendStatus status) =>
        status switch
        {
            PinSendStatus.Sent =>
                "Infobip has taken the message on; it may take minutes to arrive.",
            PinSendStatus.NotSent =>
                "Infobip took the request and says that no message went out. Look at the sender, and whether the account may send to this country.",
            PinSendStatus.Unreachable => "Infobip looked the number up: it cannot be reached now.",
            PinSendStatus.NumberRefused => "Infobip takes no such number.",
            PinSendStatus.Throttled =>
                "A limit of Infobip is reached, usually the one per number and day: infobip doctor.",
            PinSendStatus.Busy => "A limit of Infobip is reached, by its own word for minutes.",
            PinSendStatus.Rejected =>
                "Infobip refused the request as wrong. Most often Infobip:ApplicationId and Infobip:MessageId do not belong together: infobip doctor.",
            PinSendStatus.Misconfigured =>
                "Infobip does not take the key for this. It needs the scope 2fa:pin:send: infobip doctor.",
            PinSendStatus.UnknownPin
            or PinSendStatus.Unavailable
            or PinSendStatus.NotAsked
            or PinSendStatus.Crowded =>
                "Infobip did not answer, or not in a way that can be understood. Try again; look at its status page.",
        };

    private static string Explain(PinVerifyStatus status) =>
        status switch
        {
            PinVerifyStatus.Verified => "The code is right: sign-ins work.",
            PinVerifyStatus.WrongPin => "The code is not the one that was sent.",
            PinVerifyStatus.Expired =>
                "The code is too old. Look at pinTimeToLive: infobip doctor.",
            PinVerifyStatus.AttemptsExhausted => "Infobip takes no more tries for this code.",
            PinVerifyStatus.UnknownPin => "Infobip does not know the code any more.",
            PinVerifyStatus.Throttled =>
                "Codes of this number are checked too often: infobip doctor, verify-limit.",
            PinVerifyStatus.Misconfigured =>
                "Infobip does not take the key for this. It needs the scope 2fa:pin:send: infobip doctor.",
            PinVerifyStatus.Rejected
            or PinVerifyStatus.Unavailable
            or PinVerifyStatus.NotAsked
            or PinVerifyStatus.Crowded =>
                "Infobip did not answer, or not in a way that can be understood. Try again; look at its status page.",
        };
}
