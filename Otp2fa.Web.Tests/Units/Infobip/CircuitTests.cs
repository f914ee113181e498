using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Units.Infobip;

/// <summary>When Infobip is asked, and when not; all times are the test's clock.</summary>
public sealed class CircuitTests
{
    private static readonly CallHealth Good = new(IsFailure: false, TimeSpan.FromMilliseconds(20));
    private static readonly CallHealth Failed = new(IsFailure: true, TimeSpan.FromMilliseconds(20));

    private readonly FakeTimeProvider clock = new();
    private readonly RecordedLogs logs = new();
    private int made;

    [Fact]
    public async Task Half_of_the_calls_failing_opens_it_and_then_none_is_made()
    {
        var circuit = Circuit();

        await MakeAsync(circuit, Good, 4);
        await MakeAsync(circuit, Failed, 3);
        Assert.False(circuit.IsOpen);
        await MakeAsync(circuit, Failed, 1);

        Assert.True(circuit.IsOpen);
        Assert.Equal(8, made);
        Assert.False(await circuit.TryAsync(() => throw new InvalidOperationException("Made.")));
    }

    [Fact]
    public async Task Fewer_calls_than_the_minimum_decide_nothing()
    {
        var circuit = Circuit();

        await MakeAsync(circuit, Failed, 7);

        Assert.False(circuit.IsOpen);
    }

    [Fact]
    public async Task Calls_older_than_the_window_do_not_count()
    {
        var circuit = Circuit();
        await MakeAsync(circuit, Failed, 7);

        clock.Advance(TimeSpan.FromSeconds(31));
        await MakeAsync(circuit, Failed, 1);

        Assert.False(circuit.IsOpen);
    }

    [Theory]
    [InlineData(3999, false)]
    [InlineData(4000, true)]
    public async Task A_slow_call_counts_as_failed_from_its_length_on(int milliseconds, bool opens)
    {
        var circuit = Circuit();

        await MakeAsync(circuit, new CallHealth(false, TimeSpan.FromMilliseconds(milliseconds)), 8);

        Assert.Equal(opens, circuit.IsOpen);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task After_the_pause_one_call_tries_again_and_a_good_one_closes_it(
        int secondsFromEnd,
        bool tries
    )
    {
        var circuit = Circuit();
        await MakeAsync(circuit, Failed, 8);

        clock.Advance(TimeSpan.FromSeconds(30 + secondsFromEnd));
        await MakeAsync(circuit, Good, 1);

        Assert.Equal(tries ? 9 : 8, made);
        Assert.Equal(!tries, circuit.IsOpen);
    }

    [Fact]
    public async Task While_one_call_tries_again_no_other_is_made()
    {
        var circuit = Circuit();
        await MakeAsync(circuit, Failed, 8);
        clock.Advance(TimeSpan.FromSeconds(30));
        var answer = new TaskCompletionSource<CallHealth>();

        var trying = circuit.TryAsync(() => answer.Task);

        Assert.False(await circuit.TryAsync(() => throw new InvalidOperationException("Made.")));
        answer.SetResult(Good);
        Assert.True(await trying);
        Assert.False(circuit.IsOpen);
    }

    [Fact]
    public async Task An_outage_is_logged_once_at_its_start_and_once_at_its_end_however_often_a_try_fails()
    {
        var circuit = Circuit();
        await MakeAsync(circuit, Failed, 8);
        for (var i = 0; i < 5; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            await MakeAsync(circuit, Failed, 3);
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        await MakeAsync(circuit, Good, 3);

        Assert.Equal([3050, 3051], logs.Entries.Select(entry => entry.Event.Id));
        Assert.Contains("after 00:03:00", logs.Entries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_calls_at_once_than_allowed_are_not_made_and_do_not_open_it()
    {
        var circuit = Circuit();
        var answer = new TaskCompletionSource<CallHealth>();
        var under = Enumerable.Range(0, 20).Select(_ => circuit.TryAsync(() => answer.Task));
        var waiting = under.ToArray();

        for (var i = 0; i < 50; i++)
        {
            Assert.False(
                await circuit.TryAsync(() => throw new InvalidOperationException("Made."))
            );
        }

        answer.SetResult(Good);
        Assert.All(await Task.WhenAll(waiting), Assert.True);
        Assert.False(circuit.IsOpen);
        Assert.True(await circuit.TryAsync(() => Task.FromResult(Good)));
    }

    [Fact]
    public async Task Calls_that_were_not_made_do_not_hide_those_that_failed()
    {
        var circuit = Circuit();
        var answer = new TaskCompletionSource<CallHealth>();
        var waiting = Enumerable
            .Range(0, 20)
            .Select(_ => circuit.TryAsync(() => answer.Task))
            .ToArray();
        for (var i = 0; i < 200; i++)
        {
            await circuit.TryAsync(() => Task.FromResult(Good));
        }

        answer.SetResult(Failed);
        await Task.WhenAll(waiting);

        Assert.True(circuit.IsOpen);
    }

    [Fact]
    public async Task The_operators_switch_is_followed_while_the_site_runs_and_logged_once_each_way()
    {
        var settings = new ConfigurationManager();
        var circuit = Circuit(settings);
        await MakeAsync(circuit, Good, 1);

        settings["Outage:Declared"] = "true";
        ((IConfigurationRoot)settings).Reload();
        Assert.True(circuit.IsOpen);
        await MakeAsync(circuit, Good, 3);
        Assert.Equal(1, made);

        settings["Outage:Declared"] = "neither";
        ((IConfigurationRoot)settings).Reload();
        Assert.True(circuit.IsOpen);

        settings["Outage:Declared"] = "false";
        ((IConfigurationRoot)settings).Reload();
        Assert.False(circuit.IsOpen);
        await MakeAsync(circuit, Good, 1);
        Assert.Equal(2, made);
        Assert.Equal([3052, 3053], logs.Entries.Select(entry => entry.Event.Id));
    }

    [Theory]
    [InlineData(Finding.None, false)]
    [InlineData(Finding.Throttled, false)]
    [InlineData(Finding.Undeliverable, false)]
    [InlineData(Finding.Rejected, false)]
    [InlineData(Finding.Misconfigured, true)]
    [InlineData(Finding.Unavailable, true)]
    [InlineData(Finding.Foreign, true)]
    [InlineData(Finding.Contradiction, true)]
    internal void What_a_stranger_can_bring_about_never_counts_as_an_outage(
        Finding finding,
        bool isFailure
    )
    {
        Assert.Equal(isFailure, CallHealth.Of(finding, TimeSpan.Zero).IsFailure);
    }

    private InfobipCircuit Circuit(IConfiguration? settings = null)
    {
        var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        return new InfobipCircuit(
            "sends",
            new OutageOptions(),
            new OutageSwitch(
                settings ?? new ConfigurationBuilder().Build(),
                factory.CreateLogger<OutageSwitch>()
            ),
            clock,
            factory.CreateLogger<InfobipCircuit>()
        );
    }

    private async Task MakeAsync(InfobipCircuit circuit, CallHealth health, int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            await circuit.TryAsync(() =>
            {
                made++;
                return Task.FromResult(health);
            });
        }
    }
}
