using System.Globalization;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// Makes the application and the template at Infobip what this site needs, or makes them. What is right already is not written
/// again; a second run finds nothing to do, and one after a failure in the middle goes on from there. Two or three reads and at
/// most two writes: Infobip allows 20 to 50 in ten minutes.
/// </summary>
internal sealed class SetupProvisioner(
    InfobipEditor editor,
    IOptions<InfobipOptions> infobip,
    IOptions<TwoFactorOptions> twoFactor,
    IOptions<LimitsOptions> limits
)
{
    /// <summary>Stands in for an id or a key that a new account does not have yet.</summary>
    public const string Unset = "not-set-yet";

    private const string VerifyLimit = "5/5s";

    /// <returns>The plan, or a sentence that says why there is none.</returns>
    public async Task<(ProvisionPlan? Plan, string? Failure)> PlanAsync(ProvisionWish wish)
    {
        var applications = await editor.ListApplicationsAsync();
        if (applications.Value is null)
        {
            return (null, Explain("The applications could not be read", applications));
        }

        var (application, failure) = Find(applications.Value, wish.Name);
        if (failure is not null)
        {
            return (null, failure);
        }

        IReadOnlyList<SetupEntry<TemplateFacts>> templates = [];
        if (application is not null)
        {
            var read = await editor.ListTemplatesAsync(application.Id);
            if (read.Value is null)
            {
                return (null, Explain("The templates could not be read", read));
            }

            templates = read.Value;
        }

        var (template, ambiguity) = FindTemplate(templates, wish);
        return ambiguity is null ? (Plan(wish, application, template), null) : (null, ambiguity);
    }

    /// <summary>Writes what the plan says, the application first.</summary>
    public async Task<ProvisionOutcome> ApplyAsync(ProvisionPlan plan)
    {
        var applicationId = plan.Application.Id;
        if (plan.Application.IsNeeded)
        {
            var saved = await editor.SaveApplicationAsync(applicationId, plan.ApplicationRequest);
            if (saved.Value is null)
            {
                return new ProvisionOutcome(
                    applicationId,
                    plan.Template.Id,
                    Explain("The application was not written", saved)
                );
            }

            applicationId = saved.Value;
        }

        var messageId = plan.Template.Id;
        if (plan.Template.IsNeeded)
        {
            var saved = await editor.SaveTemplateAsync(
                applicationId!,
                messageId,
                plan.TemplateRequest
            );
            if (saved.Value is null)
            {
                return new ProvisionOutcome(
                    applicationId,
                    messageId,
                    Explain("The template was not written", saved)
                );
            }

            messageId = saved.Value;
        }

        return new ProvisionOutcome(applicationId, messageId);
    }

    private (SetupEntry<ApplicationFacts>? Found, string? Failure) Find(
        IReadOnlyList<SetupEntry<ApplicationFacts>> all,
        string name
    )
    {
        if (IdOf(infobip.Value.ApplicationId) is { } id)
        {
            return all.FirstOrDefault(one => one.Id == id) is { } known
                ? (known, null)
                : (
                    null,
                    "The account has no application with the id of Infobip:ApplicationId. Take the setting away to look by name, or set it right."
                );
        }

        return all.Where(one => one.Facts.Name == name).ToList() switch
        {
            [] => (null, null),
            [var one] => (one, null),
            var several => (
                null,
                $"The account has {several.Count} applications with the name {name}. Name the right one by its id in Infobip:ApplicationId."
            ),
        };
    }

    // Templates have no name: the one of the settings, the one with this very text, or the only one.
    private (SetupEntry<TemplateFacts>? Found, string? Failure) FindTemplate(
        IReadOnlyList<SetupEntry<TemplateFacts>> all,
        ProvisionWish wish
    )
    {
        if (IdOf(infobip.Value.MessageId) is { } id)
        {
            return all.FirstOrDefault(one => one.Id == id) is { } known
                ? (known, null)
                : (
                    null,
                    "The application has no template with the id of Infobip:MessageId. Take the setting away to look for one, or set it right."
                );
        }

        return all.FirstOrDefault(one => one.Facts.Text == wish.FullText) is { } same ? (same, null)
            : all is [] or [_] ? (all is [var only] ? only : null, null)
            : (
                null,
                $"The application has {all.Count} templates. Name the right one by its id in Infobip:MessageId."
            );
    }

    private ProvisionPlan Plan(
        ProvisionWish wish,
        SetupEntry<ApplicationFacts>? application,
        SetupEntry<TemplateFacts>? template
    )
    {
        var wishes = SetupWishes.Of(twoFactor, limits, infobip);
        var configuration = new ConfigurationRequest(
            wishes.PinAttempts,
            AllowMultiplePinVerifications: false,
            InfobipNotation.Write(wishes.TimeToLive),
            VerifyLimit,
            Invariant($"{wishes.SendsPerNumberAndDay + 2}/1d"),
            Invariant($"{wishes.SendsPerDay}/1d")
        );
        var sender = wish.Sender ?? wishes.Sender ?? template?.Facts.SenderId;
        var message = new TemplateRequest(
            TextFor(wish, template),
            "NUMERIC",
            wishes.PinLength,
            string.IsNullOrWhiteSpace(sender) ? null : sender,
            wish.Language ?? template?.Facts.Language ?? "en"
        );
        return new ProvisionPlan(
            new SetupStep(application?.Id, Compare(application?.Facts, wish.Name, configuration)),
            new SetupStep(template?.Id, Compare(template?.Facts, message)),
            // By whatever name it has, if it was found by its id.
            new ApplicationRequest(application?.Facts.Name ?? wish.Name, true, configuration),
            message
        );
    }

    // A run without options must not undo one with them.
    private static string TextFor(ProvisionWish wish, SetupEntry<TemplateFacts>? template) =>
        wish.KeepsGoodText
        && template?.Facts.Text is { } own
        && TemplateText.HasCodeFirst(own)
        && !TemplateText.HasOtherPlaceholder(own)
            ? own
            : wish.FullText;

    private static List<SetupChange> Compare(
        ApplicationFacts? now,
        string name,
        ConfigurationRequest wanted
    )
    {
        List<SetupChange> changes = [];
        if (now is null)
        {
            changes.Add(new SetupChange("name", null, name));
        }

        Add("enabled", Text(now?.Enabled), "true", now?.Enabled == true);
        Add(
            "pinAttempts",
            Text(now?.PinAttempts),
            Text(wanted.PinAttempts)!,
            now?.PinAttempts == wanted.PinAttempts
        );
        Add(
            "allowMultiplePinVerifications",
            Text(now?.AllowMultiplePinVerifications),
            "false",
            now?.AllowMultiplePinVerifications == false
        );
        Add(
            "pinTimeToLive",
            now?.PinTimeToLive,
            wanted.PinTimeToLive,
            InfobipNotation.ReadTime(now?.PinTimeToLive)
                == InfobipNotation.ReadTime(wanted.PinTimeToLive)
        );
        AddLimit("verifyPinLimit", now?.VerifyPinLimit, wanted.VerifyPinLimit);
        AddLimit(
            "sendPinPerPhoneNumberLimit",
            now?.SendPinPerPhoneNumberLimit,
            wanted.SendPinPerPhoneNumberLimit
        );
        AddLimit(
            "sendPinPerApplicationLimit",
            now?.SendPinPerApplicationLimit,
            wanted.SendPinPerApplicationLimit
        );
        return changes;

        void AddLimit(string setting, string? before, string after) =>
            Add(
                setting,
                before,
                after,
                InfobipNotation.ReadLimit(before) == InfobipNotation.ReadLimit(after)
            );

        void Add(string setting, string? before, string after, bool isRight)
        {
            if (!isRight)
            {
                changes.Add(new SetupChange(setting, before, after));
            }
        }
    }

    private static List<SetupChange> Compare(TemplateFacts? now, TemplateRequest wanted)
    {
        List<SetupChange> changes = [];
        Add("messageText", now?.Text, wanted.MessageText);
        Add("pinType", now?.PinType, wanted.PinType);
        Add("pinLength", Text(now?.PinLength), Text(wanted.PinLength)!);
        Add("language", now?.Language, wanted.Language!);
        if (wanted.SenderId is { } sender)
        {
            Add("senderId", now?.SenderId, sender);
        }

        return changes;

        void Add(string setting, string? before, string after)
        {
            if (!string.Equals(before, after, StringComparison.Ordinal))
            {
                changes.Add(new SetupChange(setting, before, after));
            }
        }
    }

    private static string Explain<T>(string what, ReadAnswer<T> answer)
        where T : class =>
        answer.Status switch
        {
            ReadStatus.Misconfigured =>
                $"{what}: {answer.HttpStatus}. The key needs the scope 2fa:manage; set it as Infobip:ManagementKey.",
            ReadStatus.Throttled =>
                $"{what}: 429. Infobip allows 20 to 50 such calls in ten minutes; wait, and run it again.",
            ReadStatus.NotFound => $"{what}: 404. It was taken away meanwhile; run it again.",
            _ => answer.HttpStatus is { } status
                ? $"{what}: Infobip answered {status}. Run it again; what was written is not written twice."
                : $"{what}: no answer. Run it again; what was written is not written twice.",
        };

    private static string? IdOf(string? setting) =>
        string.IsNullOrWhiteSpace(setting) || setting == Unset ? null : setting;

    private static string? Text(bool? value) =>
        value switch
        {
            true => "true",
            false => "false",
            null => null,
        };

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
