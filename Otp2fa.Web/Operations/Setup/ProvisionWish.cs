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
    /// <summary>Nothing was said of the text, so that one of the account's own that is good stays.</summary>
    public bool KeepsGoodText => Text is null && Origin is null;

    /// <summary>The whole text: the code first, so that it can be read on a locked screen.</summary>
    public string FullText =>
        (Text ?? $"{TemplateText.Code} is your {Name} security code. Never share it with anyone.")
        + (Origin is null ? "" : $"\n@{Origin} #{TemplateText.Code}");
}
