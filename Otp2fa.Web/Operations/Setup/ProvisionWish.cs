namespace Otp2fa.Web.Operations.Setup;

/// <summary>What an operator asks for beside what the site's settings say.</summary>
/// <param name="Name">Of the application, by which it is found again.</param>
/// <param name="Text">Of the message, with <c>{{pin}}</c>; null for ours.</param>
/// <param name="Origin">The host that the code is bound to; null for none.</param>
/// <param name="Sender">Shown on the phone; null leaves what there is.</param>
/// <param name="Language">Of calls, in Infobip's notation; null leaves what there is.</param>
internal sealed record ProvisionWish(
    string Name,
    string? Text,
    string? Origin,
    string? Sender,
    string? Language
)
{
    /// <summary>Those that calls can be read in (Infobip, 2FA API, message templates).</summary>
    public static readonly IReadOnlyList<string> Languages =
    [
        "en",
        "es",
        "ca",
        "da",
        "nl",
        "fr",
        "de",
        "it",
        "ja",
        "ko",
        "no",
        "pl",
        "ru",
        "sv",
        "fi",
        "hr",
        "sl",
        "ro",
        "pt_pt",
        "pt_br",
        "zh_cn",
        "zh_tw",
    ];

    /// <summary>Of calls, where nobody says otherwise.</summary>
    public const string UsualLanguage = "en";

    public static bool IsName(string typed) =>
        !string.IsNullOrWhiteSpace(typed)
        && typed.Length <= 100
        && !typed.Any(char.IsControl)
        && !TemplateText.HasOtherPlaceholder(typed)
        && !TemplateText.HasCode(typed);

    public static bool IsText(string typed) =>
        TemplateText.HasCodeFirst(typed) && !TemplateText.HasOtherPlaceholder(typed);

    public static bool IsOrigin(string typed) => TemplateText.IsHost(typed);

    /// <summary>What fits into the address of a message (3GPP TS 23.040, 9.1.2.5), or is a number (E.164).</summary>
    public static bool IsSender(string typed) =>
        typed.Length > 0
        && typed == typed.Trim()
        && (
            typed.All(char.IsAsciiDigit) ? typed.Length <= 15 : GsmText.CountSeptets(typed) is <= 11
        );

    public static bool IsLanguage(string typed) =>
        Languages.Contains(typed, StringComparer.OrdinalIgnoreCase);

    /// <summary>The whole text: the code first, so that it can be read on a locked screen.</summary>
    public string FullText =>
        WithOrigin(
            TemplateText.Plain(
                Text
                    ?? $"{TemplateText.Code} is your {Name} security code. Never share it with anyone."
            )
        );

    /// <summary>The text with the origin in its last line, in place of the one there may be; as it is where none is wished.</summary>
    public string WithOrigin(string text) =>
        Origin is null
            ? text
            : $"{TemplateText.WithoutOrigin(text)}\n@{Origin} #{TemplateText.Code}";

    /// <summary>What of the site's own settings cannot be right at Infobip; null if nothing.</summary>
    public string? FindProblem(string? settingsSender) =>
        !IsName(Name)
            ? "TwoFactor:Issuer is no name for an application: no control characters and no placeholder. Add --name."
        : Sender is null && settingsSender is not null && !IsSender(settingsSender)
            ? "Infobip:From is no sender of a message: a name of at most 11 plain characters, or a number of at most 15 digits without a plus."
        : null;
}
