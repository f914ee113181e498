using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace Otp2fa.Web.Composition;

/// <summary>
/// Takes the codes of mailed links out of whatever is logged: frameworks log addresses with their query, and a link that is in a
/// log opens an account for whoever reads it (R41).
/// </summary>
internal sealed partial class HiddenLinkCodes : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties)
        {
            if (
                value is ScalarValue { Value: { } scalar and (string or Uri) }
                && scalar.ToString() is { } text
                && text.Contains("code=", StringComparison.OrdinalIgnoreCase)
            )
            {
                logEvent.AddOrUpdateProperty(
                    new LogEventProperty(name, new ScalarValue(Code().Replace(text, "code=…")))
                );
            }
        }
    }

    [GeneratedRegex(
        @"\bcode=[^&\s\]""]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Code();
}
