using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorHostTests
{
    [Fact]
    public async Task Several_simulators_run_side_by_side_without_sharing_anything()
    {
        await using var first = await SimulatorCaller.StartAsync();
        await using var second = await SimulatorCaller.StartAsync();

        await first.SentPinIdAsync();

        Assert.NotEqual(first.Host.BaseAddress, second.Host.BaseAddress);
        Assert.Empty(second.Host.Phone.Messages());
        Assert.Empty(second.Host.Calls.All);
    }

    [Fact]
    public async Task Simulators_start_and_stop_many_times()
    {
        for (var round = 0; round < 10; round++)
        {
            await using var caller = await SimulatorCaller.StartAsync();
            await caller.SentPinIdAsync();
        }
    }

    [Fact]
    public async Task A_chosen_port_answers_by_number_and_by_name()
    {
        var port = await FreePortAsync();
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.Seeded with
            {
                Port = port,
            }
        );
        using var byName = SimulatorCaller.NewClient(new Uri($"http://localhost:{port}/"));

        using var answer = await byName.GetAsync(new Uri("phone", UriKind.Relative));

        Assert.Equal(new Uri($"http://127.0.0.1:{port}/"), caller.Host.BaseAddress);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("phone")).Status);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_free_port_answers_by_name_too()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        using var byName = SimulatorCaller.NewClient(
            new Uri($"http://localhost:{caller.Host.BaseAddress.Port}/")
        );

        using var answer = await byName.GetAsync(new Uri("phone", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_named_with_the_setting_to_change()
    {
        await using var first = await SimulatorCaller.StartAsync();
        var port = first.Host.BaseAddress.Port;

        var taken = await Assert.ThrowsAsync<SimulatorPortTakenException>(() =>
            SimulatorCaller.StartAsync(SimulatorCaller.Seeded with { Port = port })
        );

        Assert.Equal(port, taken.Port);
        Assert.Contains($"port {port}", taken.Message, StringComparison.Ordinal);
        Assert.Contains("Simulator:Port", taken.Message, StringComparison.Ordinal);
        Assert.Contains("--port", taken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_simulator_without_a_key_does_not_start(string apiKey)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            SimulatorCaller.StartAsync(SimulatorCaller.Seeded with { ApiKey = apiKey })
        );
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65_536)]
    public async Task A_port_outside_the_range_does_not_start(int port)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            SimulatorCaller.StartAsync(SimulatorCaller.Seeded with { Port = port })
        );
    }

    [Fact]
    public async Task Seeds_that_break_Infobips_rules_are_named()
    {
        var longLimit = SimulatorCaller.Configured(rules =>
            rules with
            {
                VerifyPinLimit = RateLimit.Parse("1/25h"),
            }
        );
        var noAttempts = SimulatorCaller.Configured(rules => rules with { PinAttempts = 0 });
        var noPin = SimulatorCaller.WithApplication(application =>
            application with
            {
                Templates = [application.Templates[0] with { MessageText = "No code here" }],
            }
        );
        var twice = SimulatorCaller.Seeded with
        {
            Applications =
            [
                .. SimulatorCaller.Seeded.Applications,
                .. SimulatorCaller.Seeded.Applications,
            ],
        };

        Assert.Contains("verifyPinLimit", await RefusalAsync(longLimit), StringComparison.Ordinal);
        Assert.Contains("pinAttempts", await RefusalAsync(noAttempts), StringComparison.Ordinal);
        Assert.Contains("messageText", await RefusalAsync(noPin), StringComparison.Ordinal);
        Assert.Contains(
            SimulatorCaller.ApplicationId,
            await RefusalAsync(twice),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_development_values_are_those_the_site_expects_and_hide_the_key()
    {
        var options = SimulatorCaller.Seeded;

        var application = Assert.Single(options.Applications);
        var template = Assert.Single(application.Templates);
        Assert.Equal(SimulatorCaller.ApplicationId, application.ApplicationId);
        Assert.Equal(SimulatorCaller.MessageId, template.MessageId);
        Assert.Equal(5, application.Configuration.PinAttempts);
        Assert.False(application.Configuration.AllowMultiplePinVerifications);
        Assert.Equal("5m", application.Configuration.PinTimeToLive.ToString());
        Assert.Equal("5/5s", application.Configuration.VerifyPinLimit.ToString());
        Assert.Equal("12/1d", application.Configuration.SendPinPerPhoneNumberLimit.ToString());
        Assert.Equal("10000/1d", application.Configuration.SendPinPerApplicationLimit.ToString());
        Assert.Equal((PinType.Numeric, 6), (template.PinType, template.PinLength));
        Assert.DoesNotContain(SimulatorCaller.ApiKey, options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_in_the_environment_of_the_site_do_not_leak_in()
    {
        // In a process of its own: the environment of this one belongs to the other tests too.
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Otp2fa.InfobipSimulator.dll"),
                "--port",
                "0",
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:1",
                ["DOTNET_URLS"] = "http://127.0.0.1:1",
                ["ASPNETCORE_HTTP_PORTS"] = "1",
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Kestrel__Endpoints__Http__Url"] = "http://127.0.0.1:1",
            },
        };
        using var alone = Process.Start(start)!;
        try
        {
            var greeting = new List<string>();
            while (!greeting.Exists(line => line.StartsWith("Address:", StringComparison.Ordinal)))
            {
                var line = await alone
                    .StandardOutput.ReadLineAsync()
                    .WaitAsync(TimeSpan.FromSeconds(20));
                Assert.NotNull(line);
                greeting.Add(line);
            }

            var address = new Uri(greeting[^1]["Address:".Length..].Trim());
            using var client = SimulatorCaller.NewClient(address);
            using var answer = await client.GetAsync(new Uri("phone", UriKind.Relative));

            Assert.NotEqual(1, address.Port);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            alone.Kill();
            await alone.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task Run_alone_with_a_seed_it_prints_addresses_and_curl_lines_and_stops_when_told()
    {
        var (exit, output, error) = await RunUntilGreetedAsync(
            "--port",
            "0",
            "--seed",
            "--api-key",
            "K"
        );

        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("http://127.0.0.1:", output, StringComparison.Ordinal);
        Assert.Contains("/phone", output, StringComparison.Ordinal);
        Assert.Contains("Authorization: App K", output, StringComparison.Ordinal);
        Assert.Contains("/2fa/2/pin/PINID/verify", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_alone_without_a_seed_it_says_that_it_is_empty()
    {
        var (exit, output, _) = await RunUntilGreetedAsync("--port", "0");

        Assert.Equal(0, exit);
        Assert.Contains("--seed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("curl", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_alone_a_taken_port_is_one_sentence_on_the_error_stream_and_exit_code_2()
    {
        await using var first = await SimulatorCaller.StartAsync();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var port = first.Host.BaseAddress.Port.ToString(
            System.Globalization.CultureInfo.InvariantCulture
        );

        var exit = await SimulatorProgram.RunAsync(
            ["--port", port],
            output,
            error,
            CancellationToken.None
        );

        Assert.Equal(2, exit);
        Assert.Empty(output.ToString());
        Assert.Contains(
            port,
            Assert.Single(error.ToString().Trim().Split('\n')),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "many")]
    [InlineData("--port", "70000")]
    [InlineData("--api-key", " ")]
    [InlineData("--sed")]
    public async Task Run_alone_with_arguments_it_does_not_know_it_says_so(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exit = await SimulatorProgram.RunAsync(args, output, error, CancellationToken.None);

        Assert.Equal(1, exit);
        Assert.Contains(args[0], error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_alone_help_names_every_option()
    {
        using var output = new StringWriter();

        var exit = await SimulatorProgram.RunAsync(
            ["--help"],
            output,
            TextWriter.Null,
            CancellationToken.None
        );

        Assert.Equal(0, exit);
        Assert.All(
            ["--port", "--api-key", "--seed", "--application-id", "--message-id", "--help"],
            option => Assert.Contains(option, output.ToString(), StringComparison.Ordinal)
        );
    }

    private static async Task<(int Exit, string Output, string Error)> RunUntilGreetedAsync(
        params string[] args
    )
    {
        using var stop = new CancellationTokenSource();
        await using var output = new GreetingWriter(stop);
        await using var error = new StringWriter();

        var exit = await SimulatorProgram
            .RunAsync(args, output, error, stop.Token)
            .WaitAsync(TimeSpan.FromSeconds(20));
        return (exit, output.ToString(), error.ToString());
    }

    private static async Task<string> RefusalAsync(SimulatorOptions options) =>
        (
            await Assert.ThrowsAsync<ArgumentException>(() =>
                SimulatorHost.StartAsync(options, new FakeTimeProvider(), CancellationToken.None)
            )
        ).Message;

    /// <summary>A port that was free a moment ago.</summary>
    private static async Task<int> FreePortAsync()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        return caller.Host.BaseAddress.Port;
    }

    /// <summary>Presses Ctrl+C once the greeting is out.</summary>
    private sealed class GreetingWriter(CancellationTokenSource stop) : StringWriter
    {
        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            await stop.CancelAsync();
        }
    }
}
