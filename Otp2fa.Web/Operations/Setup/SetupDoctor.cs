using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// Looks at the set-up at Infobip and says what is wrong with it: two reads with the key for management, and one question with
/// the key of the site about a PIN that does not exist. Nothing is sent and nothing is changed.
/// </summary>
internal sealed class SetupDoctor(
    InfobipReader reader,
    InfobipProbe probe,
    IOptions<InfobipOptions> infobip,
    IOptions<TwoFactorOptions> twoFactor,
    IOptions<LimitsOptions> limits,
    TimeProvider time
)
{
    // Codes live for minutes; a clock that is off by more than this shows in what people are told.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    private const string NoAnswer = "no answer";

    private const string KeyAdvice =
        "Make a second key with the scope 2fa:manage in the portal and set it as Infobip:ManagementKey where this command runs; the running site needs 2fa:pin:send alone.";

    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<SetupExamination> ExamineAsync(CancellationToken stop)
    {
        var wishes = SetupWishes.Of(twoFactor, limits, infobip);
        var site = await probe.AskWithSiteKeyAsync(stop);
        List<SetupFinding> findings = [Address(), SiteKey(site), Lookup(wishes)];
        if (site is KeyVerdict.NotReached)
        {
            return new SetupExamination(findings, IsAnswered: false, IsComplete: false);
        }

        var application = await reader.ReadApplicationAsync(stop);
        findings.Add(Read("application", application));
        if (ManagementKey(application.Status) is { } key)
        {
            findings.Add(key);
        }

        findings.Add(Clock(application.Date));
        if (application.Value is not { } facts)
        {
            return new SetupExamination(findings, IsAnswer(application.Status), IsComplete: false);
        }

        findings.AddRange(ApplicationRules.Judge(facts, wishes));
        var template = await reader.ReadTemplateAsync(stop);
        findings.Add(Read("template", template));
        if (template.Value is { } text)
        {
            findings.AddRange(TemplateRules.Judge(text, wishes));
        }

        return new SetupExamination(
            findings,
            IsAnswer(template.Status),
            template.Value is not null
        );
    }

    private static bool IsAnswer(ReadStatus status) =>
        status is not (ReadStatus.Throttled or ReadStatus.Oversized or ReadStatus.Unavailable);

    private SetupFinding Address()
    {
        var address = new Uri(infobip.Value.BaseUrl!);
        return new SetupFinding(
            "base-url",
            address.IsLoopback ? FindingLevel.Warn : FindingLevel.Pass,
            address.Authority,
            address.IsLoopback
                ? "This is a simulator: nothing of it says anything about your account."
                : "Every account has a host of its own.",
            address.IsLoopback ? "Set Infobip:BaseUrl to the host of your account." : null
        );
    }

    private static SetupFinding SiteKey(KeyVerdict verdict) =>
        verdict switch
        {
            KeyVerdict.Good => new(
                "site-key",
                FindingLevel.Pass,
                "it may send and check",
                "The running site sends and checks with Infobip:ApiKey."
            ),
            KeyVerdict.NotKnown => new(
                "site-key",
                FindingLevel.Fail,
                "401",
                "Infobip does not know the key: no code is sent.",
                "Set Infobip:ApiKey to the key alone, without the word App, of the account that Infobip:BaseUrl belongs to; look whether it has expired."
            ),
            KeyVerdict.NotAllowed => new(
                "site-key",
                FindingLevel.Fail,
                "403",
                "The key is known and may not send codes, or not from this address.",
                "Give the key the scope 2fa:pin:send, and look at its list of allowed addresses."
            ),
            KeyVerdict.NotSaid => new(
                "site-key",
                FindingLevel.Warn,
                "429",
                "So many codes are checked now that Infobip does not say what it makes of the key.",
                "Wait a minute and try again."
            ),
            KeyVerdict.NotReached => new(
                "site-key",
                FindingLevel.Fail,
                NoAnswer,
                "Infobip does not answer, or not as Infobip does: nothing could be checked.",
                "Look at Infobip:BaseUrl, at the way out of this machine, and at Infobip's status page; then try again."
            ),
        };

    private static SetupFinding Lookup(SetupWishes wishes) =>
        new(
            "number-lookup",
            wishes.NumberLookup ? FindingLevel.Pass : FindingLevel.Warn,
            wishes.NumberLookup ? "asked for" : "not asked for",
            "With a look-up, a number that cannot be reached is told at once instead of waiting for a message that never comes. Whether the account has it, only a send shows: infobip send-test.",
            wishes.NumberLookup ? null : "Set Infobip:NumberLookup to true."
        );

    private SetupFinding Clock(DateTimeOffset? there)
    {
        var off = there - time.GetUtcNow();
        var isWrong = off is { } difference && difference.Duration() > ClockTolerance;
        return new SetupFinding(
            "clock",
            isWrong || off is null ? FindingLevel.Warn : FindingLevel.Pass,
            off is null ? "not said"
                : isWrong ? $"{off.Value.TotalSeconds:0} seconds off"
                : "agrees",
            "The site counts the minutes of a code by its own clock, Infobip by Infobip's.",
            isWrong ? "Let the clock of this machine be set by the network (NTP)."
                : off is null ? "Look once more when Infobip answers."
                : null
        );
    }

    // Found without one: the key of the site can do more than it should.
    private SetupFinding? ManagementKey(ReadStatus status) =>
        status != ReadStatus.Found || !string.IsNullOrEmpty(infobip.Value.ManagementKey)
            ? null
            : new SetupFinding(
                "management-key",
                FindingLevel.Warn,
                "the key of the site can manage",
                "The key of the running site can change the set-up: whoever gets hold of it can make codes that verify again.",
                KeyAdvice
            );

    private SetupFinding Read<T>(string what, ReadAnswer<T> answer)
        where T : class
    {
        var hasKey = !string.IsNullOrEmpty(infobip.Value.ManagementKey);
        var why = $"Without reading the {what} nobody knows whether it fits.";
        return answer.Status switch
        {
            ReadStatus.Found => new(what, FindingLevel.Pass, "read", why),
            ReadStatus.NotFound => new(
                what,
                FindingLevel.Fail,
                "404",
                $"Infobip knows no such {what} in this account: no code is sent.",
                what == "application"
                    ? "Set Infobip:ApplicationId to the id of the 2FA application."
                    : "Set Infobip:MessageId to the id of a template of that very application."
            ),
            ReadStatus.Misconfigured when hasKey => new(
                what,
                FindingLevel.Fail,
                $"{answer.HttpStatus}",
                "Infobip does not take Infobip:ManagementKey for this.",
                "Give that key the scope 2fa:manage; look whether it has expired."
            ),
            ReadStatus.Misconfigured when answer.HttpStatus == 401 => new(
                what,
                FindingLevel.Fail,
                "401",
                "Infobip does not know the key.",
                "Set Infobip:ApiKey right; see site-key."
            ),
            ReadStatus.Misconfigured => new(
                what,
                FindingLevel.Warn,
                $"{answer.HttpStatus}",
                $"The key of the site may not read the {what}, as it should be; so nobody has looked.",
                KeyAdvice
            ),
            ReadStatus.Throttled => new(
                what,
                FindingLevel.Warn,
                "429",
                "Infobip allows 20 to 100 such calls in ten minutes.",
                $"{SetupRefusals.Wait(answer.RetryAfter)} and try again."
            ),
            ReadStatus.Oversized => new(
                what,
                FindingLevel.Fail,
                "larger than Infobip:MaxResponseBytes",
                why,
                "Raise Infobip:MaxResponseBytes, or look whether Infobip:BaseUrl is the host of the account."
            ),
            ReadStatus.Refused or ReadStatus.Unavailable => new(
                what,
                FindingLevel.Fail,
                answer.HttpStatus is { } status ? $"{status}" : NoAnswer,
                why,
                "Try again; look at Infobip's status page."
            ),
        };
    }
}
