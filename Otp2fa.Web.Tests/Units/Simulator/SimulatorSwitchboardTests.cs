using System.Net;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Hosting;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>The three ways to the switches: the command line, the control address and code.</summary>
public sealed class SimulatorSwitchboardTests
{
    [Fact]
    public void Every_assumption_is_a_switch_with_a_sentence()
    {
        Assert.Equal(
            typeof(SimulatorAssumptions).GetProperties().Length,
            AssumptionSwitch.All.Count
        );
        Assert.All(
            AssumptionSwitch.All,
            one => Assert.EndsWith(".", one.Description, StringComparison.Ordinal)
        );
        Assert.All(AssumptionSwitch.All, one => Assert.Contains(one.Default, one.Positions));
    }

    [Fact]
    public void Every_switch_takes_every_of_its_positions()
    {
        foreach (var one in AssumptionSwitch.All)
        {
            foreach (var position in one.Positions)
            {
                var problem = AssumptionSwitch.Problem(new(), one.Name, position, out var moved);

                Assert.Null(problem);
                Assert.Equal(position, one.Read(moved));
                Assert.Equal(
                    position == one.Default ? 0 : 1,
                    AssumptionSwitch.All.Count(other => other.Read(moved) != other.Default)
                );
            }
        }
    }

    [Fact]
    public void The_command_line_moves_switches_and_adds_keys()
    {
        var (arguments, problem) = SimulatorArguments.Read([
            "--set",
            "resend-counts=false",
            "--set",
            "Verify-Error-Style=HTTP400",
            "--key",
            "other=2fa:pin:send",
            "--key",
            "none=",
        ]);

        Assert.Null(problem);
        Assert.Equal(
            new SimulatorAssumptions
            {
                ResendCounts = false,
                VerifyErrorStyle = Otp2fa.InfobipSimulator.Api.VerifyErrorStyle.Http400,
            },
            arguments.Assumptions
        );
        Assert.Equal(["other", "none"], arguments.AdditionalKeys.Select(key => key.Value));
        Assert.Empty(arguments.AdditionalKeys[1].Scopes);
    }

    [Theory]
    [InlineData("--set", "resend-counts")]
    [InlineData("--set", "resend-counts=perhaps")]
    [InlineData("--set", "no-such-switch=true")]
    [InlineData("--key", "secret")]
    [InlineData("--key", "secret=2fa:everything")]
    [InlineData("--key", "=2fa:manage")]
    public async Task What_cannot_be_meant_is_one_sentence_without_the_key(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exit = await SimulatorProgram.RunAsync(args, output, error, CancellationToken.None);

        Assert.Equal(1, exit);
        Assert.Contains(args[0], error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_has_a_line_for_every_switch_with_its_default()
    {
        var lines = SimulatorArguments.Usage.Split('\n');

        Assert.All(
            AssumptionSwitch.All,
            one =>
                Assert.Single(
                    lines,
                    line =>
                        line.Contains($"{one.Name}={one.Default} ", StringComparison.Ordinal)
                        && line.Contains(one.Description, StringComparison.Ordinal)
                )
        );
    }

    [Fact]
    public async Task The_control_address_reads_moves_and_resets()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.Seeded with
            {
                Assumptions = new SimulatorAssumptions { ResendCounts = false },
            }
        );

        var before = await caller.GetAsync("simulator/switches");
        var moved = await caller.CallAsync(
            HttpMethod.Put,
            "simulator/switches",
            """{"plus-sign-accepted":false,"retry-after":"date"}"""
        );
        var inForce = caller.Host.Assumptions;
        var strict = await caller.SendAsync("+" + SimulatorCaller.Number);
        await caller.CallAsync(HttpMethod.Delete, "simulator/switches");
        var after = await caller.GetAsync("simulator/switches");
        var back = await caller.CallAsync(HttpMethod.Put, "simulator/switches", before.Text);

        Assert.Equal("false", before.Member("resend-counts"));
        Assert.Equal("date", moved.Member("retry-after"));
        Assert.Equal(
            new SimulatorAssumptions
            {
                ResendCounts = false,
                PlusSignAccepted = false,
                RetryAfter = RetryAfterStyle.Date,
            },
            inForce
        );
        strict.AssertInvalid("to");
        Assert.Equal(before.Text, after.Text);
        Assert.Equal((HttpStatusCode.OK, before.Text), (back.Status, back.Text));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"resend-counts":"false","no-such-switch":"true"}""")]
    [InlineData("""{"resend-counts":"false","retry-after":"soon"}""")]
    [InlineData("""{"resend-counts":null}""")]
    public async Task A_move_that_cannot_be_meant_moves_nothing(string body)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.CallAsync(HttpMethod.Put, "simulator/switches", body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.NotNull(reply.Member("error"));
        Assert.Equal(new SimulatorAssumptions(), caller.Host.Assumptions);
    }

    [Fact]
    public async Task Switches_moved_at_the_same_time_all_stay_moved()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var flags = AssumptionSwitch.All.Where(one => one.Positions[0] == "true").ToList();

        await Task.WhenAll(
            flags.Select(one =>
                caller.CallAsync(
                    HttpMethod.Put,
                    "simulator/switches",
                    $$"""{"{{one.Name}}":{{(one.Default == "true" ? "false" : "true")}}}"""
                )
            )
        );

        Assert.All(flags, one => Assert.NotEqual(one.Default, one.Read(caller.Host.Assumptions)));
    }

    [Fact]
    public async Task The_options_of_before_and_the_assumptions_are_the_same_switches()
    {
        var options = SimulatorCaller.Seeded with { TellRetryAfter = true };

        Assert.Equal(RetryAfterStyle.Seconds, options.Assumptions.RetryAfter);
        await using var caller = await SimulatorCaller.StartAsync(options);
        Assert.Equal(options.Assumptions, caller.Host.Assumptions);
    }
}
