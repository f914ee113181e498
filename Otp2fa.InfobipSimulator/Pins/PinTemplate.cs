using System.Text.RegularExpressions;

namespace Otp2fa.InfobipSimulator.Pins;

/// <summary>A message template: the text with <c>{{pin}}</c> and other placeholders, and the shape of its PINs.</summary>
public sealed partial record PinTemplate
{
    /// <summary>The placeholder every template must hold and no sender may fill.</summary>
    public const string PinPlaceholder = "pin";

    public required string MessageId { get; init; }

    public required string MessageText { get; init; }

    public PinType PinType { get; init; } = PinType.Numeric;

    public int PinLength { get; init; } = 4;

    /// <summary>Who the message comes from, unless the sender says otherwise.</summary>
    public string? SenderId { get; init; }

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
        var violations = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!MessageText.Contains("{{" + PinPlaceholder + "}}", StringComparison.Ordinal))
        {
            violations["messageText"] = ["must contain the placeholder {{pin}}"];
        }

        if (PinLength < 1)
        {
            violations["pinLength"] = ["must be at least 1"];
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
