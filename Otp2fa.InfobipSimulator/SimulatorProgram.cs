using System.Runtime.InteropServices;
using Otp2fa.InfobipSimulator.Hosting;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator;

/// <summary>
/// The simulator run alone. A named class, not top-level statements: a second global Program would collide with the
/// site's in the tests.
/// </summary>
internal static class SimulatorProgram
{
    public const int WrongArguments = 1;
    public const int PortTaken = 2;

    /// <summary>Runs until cancelled; the result is the exit code.</summary>
    public static async Task<int> RunAsync(
        string[] args,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var (arguments, problem) = SimulatorArguments.Read(args);
        if (problem is not null)
        {
            await error.WriteLineAsync(problem);
            return WrongArguments;
        }

        if (arguments.Help)
        {
            await output.WriteLineAsync(SimulatorArguments.Usage);
            return 0;
        }

        var apiKey = arguments.ApiKey ?? PinGenerator.NewId();
        var options = arguments.Seed
            ? SimulatorOptions.Seeded(apiKey, arguments.ApplicationId, arguments.MessageId)
            : new SimulatorOptions { ApiKey = apiKey };
        try
        {
            await using var host = await SimulatorHost.StartAsync(
                options with
                {
                    Port = arguments.Port,
                    AdditionalKeys = arguments.AdditionalKeys,
                    Assumptions = arguments.Assumptions,
                },
                TimeProvider.System,
                LogToConsole,
                cancellationToken
            );
            await output.WriteLineAsync(Greeting(host, arguments, apiKey));
            await UntilCancelledAsync(cancellationToken);
            return 0;
        }
        catch (SimulatorPortTakenException taken)
        {
            await error.WriteLineAsync(taken.Message);
            return PortTaken;
        }
        catch (ArgumentException refused)
        {
            await error.WriteLineAsync(refused.Message);
            return WrongArguments;
        }
    }

    private static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(args, Console.Out, Console.Error, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Warnings and errors, but not the host's own report of a failed start: that is told in one sentence.</summary>
    private static void LogToConsole(ILoggingBuilder logging) =>
        logging
            .AddSimpleConsole()
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);

    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        await using (cancellationToken.Register(cancelled.SetResult))
        {
            await cancelled.Task;
        }
    }

    private static string Greeting(SimulatorHost host, SimulatorArguments arguments, string apiKey)
    {
        var authorization = $"-H 'Authorization: App {apiKey}' -H 'Content-Type: application/json'";
        var send =
            $$"""{"applicationId":"{{arguments.ApplicationId}}","messageId":"{{arguments.MessageId}}","to":"447700900123"}""";
        var stock = arguments.Seed
            ? $"""
                Send:    curl {authorization} -d '{send}' {host.BaseAddress}2fa/2/pin
                Verify:  curl {authorization} -d '{"{\"pin\":\"123456\"}"}' {host.BaseAddress}2fa/2/pin/PINID/verify
                """
            : $"""
                API key: {apiKey}
                It knows no application yet: create one, or start it with --seed to have one.
                """;
        return $"""
            Infobip 2FA simulator. Nothing is sent anywhere.
            Address: {host.BaseAddress}
            Phone:   {host.PhoneAddress}
            Routes, switches and faults are on the page at the address.
            {stock}
            Press Ctrl+C to stop.
            """;
    }
}
