using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Serilog.Core;
using Serilog.Events;

namespace Otp2fa.Web.Composition;

/// <summary>Turns what an operator can mend into sentences; everything else stays an exception.</summary>
internal static partial class StartupFailures
{
    private const string NoAddress =
        "The address to answer at (--urls, ASPNETCORE_URLS) is not one. Use one such as http://localhost:5080.";

    public static IReadOnlyList<string> Explain(Exception exception) =>
        exception switch
        {
            OptionsValidationException options => [.. options.Failures],
            AggregateException aggregate
                when aggregate.InnerExceptions.All(inner => Explain(inner).Count > 0) =>
            [
                .. aggregate.InnerExceptions.SelectMany(Explain),
            ],
            IOException { InnerException: AddressInUseException } io =>
            [
                $"{io.Message} Stop the other program, or choose another address with --urls http://localhost:PORT.",
            ],
#if DEBUG
            InfobipSimulator.SimulatorPortTakenException taken => [taken.Message],
#endif
            // The binder's own text repeats the value, which may be anything; the key is enough.
            InvalidOperationException binder
                when UnreadableSetting().Match(binder.Message) is { Success: true } match =>
            [
                $"{match.Groups["key"].Value} cannot be read: {Wanted(match.Groups["type"].Value)}.",
            ],
            DatabaseNotReadyException database => [database.Message],
            FormatException address
                when address.Message.StartsWith(
                    "Invalid url",
                    StringComparison.OrdinalIgnoreCase
                ) => [NoAddress],
            ArgumentOutOfRangeException { ParamName: "port" } => [NoAddress],
            InvalidOperationException level
                when level.Message.EndsWith(
                    "is not a valid Serilog level.",
                    StringComparison.Ordinal
                ) =>
            [
                "Serilog:MinimumLevel holds no level. Use Verbose, Debug, Information, Warning, Error or Fatal.",
            ],
            _ => [],
        };

    private static string Wanted(string typeName) =>
        typeof(StartupFailures).Assembly.GetType(typeName) is { IsEnum: true } type
            ? $"it must be {string.Join(" or ", Enum.GetNames(type))}"
            : "its value is not of the kind it must be";

    /// <summary>True for the host's own report of a start that failed for a reason that is told in a sentence.</summary>
    public static bool IsExplained(LogEvent logEvent) =>
        logEvent.Exception is { } exception
        && logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
        && source is ScalarValue { Value: "Microsoft.Extensions.Hosting.Internal.Host" }
        && Explain(exception).Count > 0;

    [GeneratedRegex(
        "^Failed to convert configuration value .* at '(?<key>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex UnreadableSetting();
}
