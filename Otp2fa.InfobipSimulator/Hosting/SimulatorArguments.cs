using System.Globalization;
using System.Net;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;

namespace Otp2fa.InfobipSimulator.Hosting;

/// <summary>The command line of the simulator when it runs alone.</summary>
internal sealed record SimulatorArguments
{
    public int Port { get; init; } = 5299;

    public string? ApiKey { get; init; }

    public IReadOnlyList<SimulatorKey> AdditionalKeys { get; init; } = [];

    public bool Seed { get; init; }

    public string ApplicationId { get; init; } = "0F2A0000000000000000000000000A01";

    public string MessageId { get; init; } = "0F2A0000000000000000000000000B01";

    public SimulatorAssumptions Assumptions { get; init; } = new();

    public bool Help { get; init; }

    public static string Usage =>
        $"""
            A local simulator of Infobip's 2FA API with a web phone. Nothing is sent anywhere.

            Usage: dotnet run --project Otp2fa.InfobipSimulator -- [options]

              --port N              loopback port, 0 for any free one (default 5299)
              --api-key KEY         key callers must send as "Authorization: App KEY" (default: a random one)
              --key KEY=SCOPES      another key with 2fa:manage, 2fa:pin:send, both with a comma, or none
              --seed                start with one application and one message template (default: none)
              --application-id ID   id of the seeded application
              --message-id ID       id of the seeded template
              --set SWITCH=VALUE    what to do where Infobip does not say; may be repeated
              --help                this text

            Switches and their defaults:

            {string.Join(Environment.NewLine, AssumptionSwitch.All.Select(Line))}
            """;

    /// <summary>Reads the command line; the problem is a sentence for the person who typed it.</summary>
    public static (SimulatorArguments Arguments, string? Problem) Read(IReadOnlyList<string> words)
    {
        var arguments = new SimulatorArguments();
        for (var index = 0; index < words.Count; index++)
        {
            var option = words[index];
            if (option is "--help" or "-h")
            {
                arguments = arguments with { Help = true };
                continue;
            }

            if (option is "--seed")
            {
                arguments = arguments with { Seed = true };
                continue;
            }

            if (
                option
                is not (
                    "--port"
                    or "--api-key"
                    or "--application-id"
                    or "--message-id"
                    or "--set"
                    or "--key"
                )
            )
            {
                return (arguments, $"Unknown option {option}. Try --help.");
            }

            if (++index == words.Count || string.IsNullOrWhiteSpace(words[index]))
            {
                return (arguments, $"{option} needs a value.");
            }

            (arguments, var problem) = arguments.With(option, words[index]);
            if (problem is not null)
            {
                return (arguments, problem);
            }
        }

        return (arguments, null);
    }

    /// <summary>Without the keys.</summary>
    public override string ToString() => $"--port {Port}";

    private static string Line(AssumptionSwitch one) =>
        $"  {one.Name}={one.Default} ({string.Join("|", one.Positions)})  {one.Description}";

    private (SimulatorArguments Arguments, string? Problem) With(string option, string value) =>
        option switch
        {
            "--port" => WithPort(value),
            "--key" => WithKey(value),
            "--set" => WithSwitch(value),
            "--api-key" => (this with { ApiKey = value }, null),
            "--application-id" => (this with { ApplicationId = value }, null),
            _ => (this with { MessageId = value }, null),
        };

    private (SimulatorArguments Arguments, string? Problem) WithPort(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port <= IPEndPoint.MaxPort
            ? (this with { Port = port }, null)
            : (this, $"--port needs a number from 0 to {IPEndPoint.MaxPort}.");

    private (SimulatorArguments Arguments, string? Problem) WithSwitch(string value)
    {
        if (value.Split('=', 2) is not [var name, var position])
        {
            return (this, $"--set needs SWITCH=VALUE, not {value}. Try --help.");
        }

        var problem = AssumptionSwitch.Problem(Assumptions, name, position, out var moved);
        return problem is null
            ? (this with { Assumptions = moved }, null)
            : (this, $"--set: {problem} Try --help.");
    }

    private (SimulatorArguments Arguments, string? Problem) WithKey(string value)
    {
        // The problem does not repeat the key: what is typed at a prompt ends up in logs.
        const string problem =
            "--key needs KEY=SCOPES, where a scope is 2fa:manage or 2fa:pin:send.";
        if (value.Split('=', 2) is not [{ Length: > 0 } key, var list])
        {
            return (this, problem);
        }

        var scopes = list.Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
            .Select(name =>
                name switch
                {
                    "2fa:manage" => InfobipScope.Manage,
                    "2fa:pin:send" => InfobipScope.SendPin,
                    _ => (InfobipScope?)null,
                }
            )
            .ToList();
        return scopes.Contains(null)
            ? (this, problem)
            : (
                this with
                {
                    AdditionalKeys =
                    [
                        .. AdditionalKeys,
                        new SimulatorKey(key, [.. scopes.OfType<InfobipScope>()]),
                    ],
                },
                null
            );
    }
}
