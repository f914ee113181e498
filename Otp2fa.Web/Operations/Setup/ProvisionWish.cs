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

    /// <summary>Nothing was said of the text, so that one of the account's own that is good stays.</summary>
    public bool KeepsGoodText => Text is null && Origin is null;

    public static bool IsName(string typed) =>
        !string.IsNullOrWhiteSpace(typed)
        && typed.Length <= 100
        && !typed.Any(char.IsControl)
        && !TemplateText.HasOtherPlaceholder(typed)
        && !TemplateText.HasCode(typed);

    public static bool IsText(string typed) =>
        TemplateText.HasCodeFirst(typed) && !TemplateText.HasOtherPlaceholder(typed);

    public static bool IsOrigin(string typed) => Uri.CheckHostName(typed) == UriHostNameType.Dns;

    /// <summary>What fits into the address of a message (3GPP TS 23.040, 9.1.2.5), or is a number (E.164).</summary>
    public static bool IsSender(string typed) =>
        typed.Length > 0 && typed.All(char.IsAsciiDigit)
            ? typed.Length <= 15
            : typed.Trim().Length is > 0 and <= 11 && typed.All(c => c is >= ' ' and <= '~');

    public static bool IsLanguage(string typed) =>
        Languages.Contains(typed, StringComparer.OrdinalIgnoreCase);

    /// <summary>The whole text: the code first, so that it can be read on a locked screen.</summary>
    public string FullText =>
        (Text ?? $"{TemplateText.Code} is your {Name} security code. Never share it with anyone.")
        + (Origin is null ? "" : $"\n@{Origin} #{TemplateText.Code}");
}
