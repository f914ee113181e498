using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Limits;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>
/// Finds the application and the template at Infobip, by the ids of the settings or else by name and text, and says what is to
/// be done to them. One or two reads; nothing is written.
/// </summary>
internal sealed class SetupPlanner(
    InfobipEditor editor,
    InfobipReader reader,
    IOptions<InfobipOptions> infobip,
    IOptions<TwoFactorOptions> twoFactor,
    IOptions<LimitsOptions> limits
)
{
    /// <summary>Stands in for an id or a key that a new account does not have yet.</summary>
    public const string Unset = "not-set-yet";

    private string? ApplicationId => IdOf(infobip.Value.ApplicationId);

    private string? MessageId => IdOf(infobip.Value.MessageId);

    /// <returns>The plan, or a sentence that says why there is none.</returns>
    public async Task<(ProvisionPlan? Plan, string? Failure)> PlanAsync(
        ProvisionWish wish,
        CancellationToken stop
    )
    {
        var (application, noApplication) = await FindApplicationAsync(wish.Name, stop);
        if (noApplication is not null)
        {
            return (null, noApplication);
        }

        var (template, noTemplate) = application is null
            ? (null, null)
            : await FindTemplateAsync(application.Id, wish, stop);
        return noTemplate is null ? (Plan(wish, application, template), null) : (null, noTemplate);
    }

    private async Task<(SetupEntry<ApplicationFacts>? Found, string? Failure)> FindApplicationAsync(
        string name,
        CancellationToken stop
    )
    {
        if (ApplicationId is { } id)
        {
            var known = await reader.ReadApplicationAsync(stop);
            return known switch
            {
                { Value: { } facts } => (new SetupEntry<ApplicationFacts>(id, facts), null),
                { Status: ReadStatus.NotFound } => (
                    null,
                    "The account has no application with the id of Infobip:ApplicationId. Take the setting away to look by name, or set it right."
                ),
                _ => (null, SetupRefusals.Explain("The application could not be read", known)),
            };
        }

        var all = await editor.ListApplicationsAsync(stop);
        return all.Value?.Where(one => one.Facts.Name == name).ToList() switch
        {
            null => (null, SetupRefusals.Explain("The applications could not be read", all)),
            [] when MessageId is not null => (
                null,
                $"The account has no application with the name {name}, so it has no template with the id of Infobip:MessageId. Set Infobip:ApplicationId too, or take that setting away to make new ones."
            ),
            [] => (null, null),
            [var one] => (one, null),
            var several => (
                null,
                $"The account has {several.Count} applications with the name {name}. Name the right one by its id in Infobip:ApplicationId."
            ),
        };
    }

    // Templates have no name: the one of the settings, the one with this very text, or the only one.
    private async Task<(SetupEntry<TemplateFacts>? Found, string? Failure)> FindTemplateAsync(
        string applicationId,
        ProvisionWish wish,
        CancellationToken stop
    )
    {
        if (MessageId is { } id && ApplicationId is not null)
        {
            var known = await reader.ReadTemplateAsync(stop);
            return known switch
            {
                { Value: { } facts } => (new SetupEntry<TemplateFacts>(id, facts), null),
                { Status: ReadStatus.NotFound } => (null, NoSuchTemplate),
                _ => (null, SetupRefusals.Explain("The template could not be read", known)),
            };
        }

        var all = await editor.ListTemplatesAsync(applicationId, stop);
        if (all.Value is not { } templates)
        {
            return (null, SetupRefusals.Explain("The templates could not be read", all));
        }

        if (MessageId is { } named)
        {
            return templates.FirstOrDefault(one => one.Id == named) is { } known
                ? (known, null)
                : (null, NoSuchTemplate);
        }

        return templates.FirstOrDefault(one => HasText(one, wish.FullText)) is { } same
                ? (same, null)
            : templates is [var only] ? (only, null)
            : templates is [] ? (null, null)
            : (
                null,
                $"The application has {templates.Count} templates. Name the right one by its id in Infobip:MessageId."
            );
    }

    private const string NoSuchTemplate =
        "The application has no template with the id of Infobip:MessageId. Take the setting away to look for one, or set it right.";

    private ProvisionPlan Plan(
        ProvisionWish wish,
        SetupEntry<ApplicationFacts>? application,
        SetupEntry<TemplateFacts>? template
    )
    {
        var wishes = SetupWishes.Of(twoFactor, limits, infobip);
        // By whatever name it has, if it was found by its id.
        var wanted = new ApplicationRequest(
            application?.Facts.Name ?? wish.Name,
            Enabled: true,
            ConfigurationFor(application?.Facts, wishes)
        );
        var sender = wish.Sender ?? wishes.Sender ?? template?.Facts.SenderId;
        var message = new TemplateRequest(
            TextFor(wish, template),
            SetupWishes.PinType,
            wishes.PinLength,
            string.IsNullOrWhiteSpace(sender) ? null : sender,
            wish.Language
                ?? (template is null ? ProvisionWish.UsualLanguage : template.Facts.Language),
            template?.Facts.Rest?.VoiceName,
            template?.Facts.Rest?.SpeechRate,
            template?.Facts.Rest?.RepeatDtmf,
            template?.Facts.Rest?.Regional
        );
        return new ProvisionPlan(
            new SetupStep(application?.Id, SetupComparison.Of(application?.Facts, wanted, wishes)),
            new SetupStep(template?.Id, SetupComparison.Of(template?.Facts, message)),
            wanted,
            message,
            wishes
        );
    }

    // Always whole, so that what is right already goes over as it is.
    private static ConfigurationRequest ConfigurationFor(
        ApplicationFacts? now,
        SetupWishes wishes
    ) =>
        new(
            wishes.PinAttempts,
            AllowMultiplePinVerifications: false,
            InfobipNotation.Write(wishes.TimeToLive),
            Kept(now?.VerifyPinLimit, SetupFits.VerifyLimit, SetupWishes.VerifyLimit),
            Kept(
                now?.SendPinPerPhoneNumberLimit,
                text => SetupFits.NumberLimit(text, wishes),
                wishes.NumberLimit
            ),
            Kept(
                now?.SendPinPerApplicationLimit,
                text => SetupFits.ApplicationLimit(text, wishes),
                wishes.ApplicationLimit
            )
        );

    private static string Kept(string? now, Func<string?, SetupFit> judge, string wanted) =>
        judge(now) == SetupFit.Good ? now! : wanted;

    // A run without options must not undo one with them, and one with an origin changes the last line alone.
    private static string TextFor(ProvisionWish wish, SetupEntry<TemplateFacts>? template) =>
        wish.Text is null && template?.Facts.Text is { } own && ProvisionWish.IsText(own)
            ? wish.WithOrigin(TemplateText.Plain(own))
            : wish.FullText;

    private static bool HasText(SetupEntry<TemplateFacts> one, string text) =>
        one.Facts.Text is { } own && TemplateText.Plain(own) == text;

    private static string? IdOf(string? setting) =>
        string.IsNullOrWhiteSpace(setting) || setting == Unset ? null : setting;
}
