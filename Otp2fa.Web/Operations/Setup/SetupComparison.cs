using System.Globalization;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Operations.Setup;

/// <summary>What of an application or a template is to be changed, setting by setting, in Infobip's words.</summary>
internal sealed class SetupComparison
{
    private readonly List<SetupChange> changes = [];

    public static IReadOnlyList<SetupChange> Of(
        ApplicationFacts? now,
        ApplicationRequest wanted,
        SetupWishes wishes
    )
    {
        var (comparison, configuration) = (new SetupComparison(), wanted.Configuration);
        comparison.Add("name", now?.Name, wanted.Name, now is not null);
        comparison.Add("enabled", Text(now?.Enabled), "true", now?.Enabled == true);
        comparison.Add(
            "pinAttempts",
            Text(now?.PinAttempts),
            Text(configuration.PinAttempts)!,
            SetupFits.PinAttempts(now?.PinAttempts, wishes)
        );
        comparison.Add(
            "allowMultiplePinVerifications",
            Text(now?.AllowMultiplePinVerifications),
            "false",
            now?.AllowMultiplePinVerifications == false
        );
        comparison.Add(
            "pinTimeToLive",
            now?.PinTimeToLive,
            configuration.PinTimeToLive,
            SetupFits.TimeToLive(now?.PinTimeToLive, wishes)
        );
        comparison.Add(
            "verifyPinLimit",
            now?.VerifyPinLimit,
            configuration.VerifyPinLimit,
            SetupFits.VerifyLimit(now?.VerifyPinLimit)
        );
        comparison.Add(
            "sendPinPerPhoneNumberLimit",
            now?.SendPinPerPhoneNumberLimit,
            configuration.SendPinPerPhoneNumberLimit,
            SetupFits.NumberLimit(now?.SendPinPerPhoneNumberLimit, wishes)
        );
        comparison.Add(
            "sendPinPerApplicationLimit",
            now?.SendPinPerApplicationLimit,
            configuration.SendPinPerApplicationLimit,
            SetupFits.ApplicationLimit(now?.SendPinPerApplicationLimit, wishes)
        );
        return comparison.changes;
    }

    public static IReadOnlyList<SetupChange> Of(TemplateFacts? now, TemplateRequest wanted)
    {
        var comparison = new SetupComparison();
        comparison.Add(
            "messageText",
            now?.Text,
            wanted.MessageText,
            now?.Text is { } text && TemplateText.Plain(text) == wanted.MessageText
        );
        comparison.Add("pinType", now?.PinType, wanted.PinType, SetupFits.IsNumeric(now?.PinType));
        comparison.Add(
            "pinLength",
            Text(now?.PinLength),
            Text(wanted.PinLength)!,
            now?.PinLength == wanted.PinLength
        );
        if (wanted.Language is { } language)
        {
            comparison.Add(
                "language",
                now?.Language,
                language,
                string.Equals(now?.Language, language, StringComparison.OrdinalIgnoreCase)
            );
        }

        if (wanted.SenderId is { } sender)
        {
            comparison.Add("senderId", now?.SenderId, sender, now?.SenderId == sender);
        }

        return comparison.changes;
    }

    private void Add(string setting, string? before, string after, SetupFit fit) =>
        Add(setting, before, after, fit == SetupFit.Good);

    private void Add(string setting, string? before, string after, bool isRight)
    {
        if (!isRight)
        {
            changes.Add(new SetupChange(setting, before, after));
        }
    }

    private static string? Text(bool? value) =>
        value switch
        {
            true => "true",
            false => "false",
            null => null,
        };

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
