using System.Text.RegularExpressions;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>
/// A message template: the text with <c>{{pin}}</c> and other placeholders, and the shape of its PINs. One template
/// serves messages and calls.
/// </summary>
public sealed partial record PinTemplate
{
    /// <summary>The placeholder every template must hold and no sender may fill.</summary>
    public const string PinPlaceholder = "pin";

    /// <summary>The placeholder as it stands in the text.</summary>
    public const string PinMark = "{{" + PinPlaceholder + "}}";

    // Infobip publishes no longest PIN; this one keeps a slip of the keyboard from filling the memory.
    private const int LongestPin = 32;

    public required string MessageId { get; init; }

    public required string MessageText { get; init; }

    public PinType PinType { get; init; } = PinType.Numeric;

    public int PinLength { get; init; } = 4;

    /// <summary>Who the message comes from, unless the sender says otherwise.</summary>
    public string? SenderId { get; init; }

    public PinLanguage Language { get; init; } = PinLanguage.En;

    public string? VoiceName { get; init; }

    /// <summary>From half to double the usual speed of speech.</summary>
    public double? SpeechRate { get; init; }

    /// <summary>The keys that make a call say its text again.</summary>
    public string? RepeatDtmf { get; init; }

    public IndiaDlt? IndiaDlt { get; init; }

    /// <summary>Names of the placeholders besides the PIN, without braces.</summary>
    internal IEnumerable<string> OwnPlaceholders() =>
        Placeholder()
            .Matches(MessageText)
            .Select(match => match.Groups["name"].Value)
            .Where(name => !string.Equals(name, PinPlaceholder, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Fills the text in one pass, so that a value that looks like a placeholder stays as it is.</summary>
    internal string Fill(string pin, IReadOnlyDictionary<string, string> placeholders) =>
        Placeholder()
            .Replace(
                MessageText,
                match =>
                    match.Groups["name"].Value is var name
                    && string.Equals(name, PinPlaceholder, StringComparison.Ordinal)
                        ? pin
                        : placeholders.GetValueOrDefault(name, match.Value)
            );

    /// <summary>What Infobip's rules forbid, by wire name of the field; empty when all is well.</summary>
    internal Dictionary<string, string[]> Violations()
    {
        var violations = new Dictionary<string, string[]>(
            IndiaDlt?.Violations() ?? [],
            StringComparer.Ordinal
        );
        if (!MessageText.Contains(PinMark, StringComparison.Ordinal))
        {
            violations["messageText"] = [$"must contain the placeholder {PinMark}"];
        }

        if (PinLength is < 1 or > LongestPin)
        {
            violations["pinLength"] = [$"must be from 1 to {LongestPin}"];
        }

        if (SpeechRate is < 0.5 or > 2)
        {
            violations["speechRate"] = ["must be from 0.5 to 2"];
        }

        return violations;
    }

    [GeneratedRegex(
        @"\{\{(?<name>\w+)\}\}",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Placeholder();
}
