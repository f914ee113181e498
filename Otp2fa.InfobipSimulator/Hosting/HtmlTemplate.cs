using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Otp2fa.InfobipSimulator.Hosting;

/// <summary>
/// Fills the embedded pages. Every value is encoded where it is filled in; only rendered pieces go in as they are.
/// </summary>
internal static partial class HtmlTemplate
{
    public static Slot Text(string name, string value) =>
        new(name, HtmlEncoder.Default.Encode(value));

    public static Slot Html(string name, string rendered) => new(name, rendered);

    /// <summary>In one pass, so that a value that looks like a slot stays as it is.</summary>
    public static string Fill(string template, params Slot[] slots) =>
        SlotMark()
            .Replace(
                template,
                mark =>
                    slots
                        .Single(slot =>
                            string.Equals(
                                slot.Name,
                                mark.Groups["name"].Value,
                                StringComparison.Ordinal
                            )
                        )
                        .Html
            );

    [GeneratedRegex(
        @"\{\{(?<name>\w+)\}\}",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SlotMark();

    /// <summary>What goes in place of one <c>{{name}}</c> of a template, ready for HTML.</summary>
    internal readonly record struct Slot(string Name, string Html);
}
