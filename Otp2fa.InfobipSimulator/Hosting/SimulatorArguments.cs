using System.Globalization;
using System.Net;

namespace Otp2fa.InfobipSimulator.Hosting;

/// <summary>The command line of the simulator when it runs alone.</summary>
internal sealed record SimulatorArguments
{
    public const string Usage = """
        A local simulator of Infobip's 2FA API with a web phone. Nothing is sent anywhere.

        Usage: dotnet run --project Otp2fa.InfobipSimulator -- [options]

          --port N              loopback port, 0 for any free one (default 5299)
          --api-key KEY         key callers must send as "Authorization: App KEY" (default: a random one)
          --seed                start with one application and one message template (default: none)
          --application-id ID   id of the seeded application
          --message-id ID       id of the seeded template
          --help                this text
        """;

    public int Port { get; init; } = 5299;

    public string? ApiKey { get; init; }

    public bool Seed { get; init; }

    public string ApplicationId { get; init; } = "0F2A0000000000000000000000000A01";

    public string MessageId { get; init; } = "0F2A0000000000000000000000000B01";

    public bool Help { get; init; }

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

            if (option is not ("--port" or "--api-key" or "--application-id" or "--message-id"))
            {
                return (arguments, $"Unknown option {option}. Try --help.");
            }

            if (++index == words.Count || string.IsNullOrWhiteSpace(words[index]))
            {
                return (arguments, $"{option} needs a value.");
            }

            var value = words[index];
            if (option is "--port")
            {
                if (
                    !int.TryParse(
                        value,
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var port
                    )
                    || port > IPEndPoint.MaxPort
                )
                {
                    return (arguments, $"--port needs a number from 0 to {IPEndPoint.MaxPort}.");
                }

                arguments = arguments with { Port = port };
                continue;
            }

            arguments = option switch
            {
                "--api-key" => arguments with { ApiKey = value },
                "--application-id" => arguments with { ApplicationId = value },
                _ => arguments with { MessageId = value },
            };
        }

        return (arguments, null);
    }
}
