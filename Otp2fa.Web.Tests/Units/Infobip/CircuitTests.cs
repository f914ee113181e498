using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Units.Infobip;

/// <summary>When Infobip is asked, and when not; all times are the test's clock.</summary>
[Trait("Covers", "R34")]
public sealed class CircuitTests
{
    private static readonly CallHealth Good = new(IsFailure: false, TimeSpan.FromMilliseconds(20));
    private static readonly CallHealth Failed = new(IsFailure: true, TimeSpan.FromMilliseconds(20));

    private readonly FakeTimeProvider clock = new();
    private readonly RecordedLogs logs = new();
    private int made;
    private readonly List<DateTimeOffset> probeTimes = [];
    private CallHealth probed = Failed;
    private Task<CallHealth>? probing;

    [Fact]
    public async Task Half_of_the_calls_failing_opens_it_and_then_none_is_made()
    {
        using var circuit = Circuit();

        await MakeAsync(circuit, Good, 4);
        await MakeAsync(circuit, Failed, 3);
        Assert.False(circuit.IsOpen);
        await MakeAsync(circuit, Failed, 1);

        Assert.True(circuit.IsOpen);
        Assert.Equal(8, made);
        Assert.Equal(CallAdmission.Outage, await circuit.TryAsync(NotMade));
    }

    [Fact]
    public async Task Fewer_calls_than_the_minimum_decide_nothing()
    {
        using var circuit = Circuit();

        await MakeAsync(circuit, Failed, 7);

        Assert.False(circuit.IsOpen);
    }

    [Fact]
    public async Task Calls_older_than_the_window_do_not_count()
    {
        using var circuit = Circuit();
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
        using var circuit = Circuit();

        await MakeAsync(circuit, new CallHealth(false, TimeSpan.FromMilliseconds(milliseconds)), 8);

        Assert.Equal(opens, circuit.IsOpen);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task After_the_pause_it_tries_by_itself_and_a_good_answer_closes_it(
        int secondsFromEnd,
        bool tries
    )
    {
        using var circuit = Circuit();
        await MakeAsync(circuit, Failed, 8);

        probed = Good;
        clock.Advance(TimeSpan.FromSeconds(30 + secondsFromEnd));

        Assert.Equal(tries ? 1 : 0, probeTimes.Count);
        await UntilAsync(() => circuit.IsOpen == !tries);
        await MakeAsync(circuit, Good, 1);
        Assert.Equal(tries ? 9 : 8, made);
    }

    [Fact]
    public async Task While_it_tries_no_call_is_made()
    {
        using var circuit = Circuit();
        await MakeAsync(circuit, Failed, 8);
        var answer = new TaskCompletionSource<CallHealth>();
        probing = answer.Task;
        clock.Advance(TimeSpan.FromSeconds(30));

        await MakeAsync(circuit, Good, 3);

        Assert.Equal(8, made);
        Assert.True(circuit.IsOpen);
        answer.SetResult(Good);
        await UntilAsync(() => !circuit.IsOpen);
    }

    [Fact]
    public async Task It_goes_on_trying_after_every_pause_and_through_a_declared_outage()
    {
        var settings = new ConfigurationManager();
        using var circuit = Circuit(settings);
        await MakeAsync(circuit, Failed, 8);
        await ProbeAsync(3);
        Assert.All(
            probeTimes.Zip(probeTimes.Skip(1)),
            pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromSeconds(30))
        );

        settings["Outage:Declared"] = "true";
        ((IConfigurationRoot)settings).Reload();
        clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(3, probeTimes.Count);

        settings["Outage:Declared"] = "false";
        ((IConfigurationRoot)settings).Reload();
        probed = Good;
        await ProbeAsync(4);
        await UntilAsync(() => !circuit.IsOpen);
    }

    [Fact]
    public async Task An_outage_is_logged_once_at_its_start_and_once_at_its_end_however_often_a_try_fails()
    {
        using var circuit = Circuit();
        await MakeAsync(circuit, Failed, 8);
        for (var i = 1; i <= 5; i++)
        {
            await ProbeAsync(i);
            await MakeAsync(circuit, Failed, 3);
        }

        probed = Good;
        await ProbeAsync(6);
        await UntilAsync(() => logs.Entries.Count > 1);

        Assert.Equal([3050, 3051], logs.Entries.Select(entry => entry.Event.Id));
        Assert.Contains("after 00:0", logs.Entries[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_over_the_limit_waits_for_its_turn_and_is_made_then()
    {
        using var circuit = Circuit();
        var answer = new TaskCompletionSource<CallHealth>();
        var underWay = Begin(circuit, 20, answer.Task);

        var next = circuit.TryAsync(() => Task.FromResult(Good));
        Assert.False(next.IsCompleted);
        answer.SetResult(Good);

        Assert.Equal(CallAdmission.Made, await next);
        Assert.All(
            await Task.WhenAll(underWay),
            admission => Assert.Equal(CallAdmission.Made, admission)
        );
    }

    [Fact]
    public async Task A_call_that_waited_as_long_as_it_may_is_not_made_and_is_no_sign_of_an_outage()
    {
        using var circuit = Circuit(
            options: new OutageOptions { LongestWait = TimeSpan.FromMilliseconds(20) }
        );
        var answer = new TaskCompletionSource<CallHealth>();
        var underWay = Begin(circuit, 20, answer.Task);

        Assert.Equal(CallAdmission.Crowded, await circuit.TryAsync(NotMade));

        answer.SetResult(Good);
        await Task.WhenAll(underWay);
        Assert.False(circuit.IsOpen);
    }

    [Fact]
    public async Task More_calls_than_may_be_under_way_and_waiting_are_not_made_at_all_and_the_crowd_is_logged_once_a_window()
    {
        using var circuit = Circuit(
            options: new OutageOptions { LongestWait = TimeSpan.FromSeconds(10) }
        );
        var answer = new TaskCompletionSource<CallHealth>();
        var underWay = Begin(circuit, 60, answer.Task);

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(CallAdmission.Crowded, await circuit.TryAsync(NotMade));
        }

        Assert.Equal([3054], logs.Entries.Select(entry => entry.Event.Id));
        clock.Advance(TimeSpan.FromSeconds(30));
        await circuit.TryAsync(NotMade);
        Assert.Equal([3054, 3054], logs.Entries.Select(entry => entry.Event.Id));
        answer.SetResult(Good);
        await Task.WhenAll(underWay);
        Assert.False(circuit.IsOpen);
        Assert.Equal(CallAdmission.Made, await circuit.TryAsync(() => Task.FromResult(Good)));
    }

    [Fact]
    public async Task Calls_that_were_not_made_do_not_hide_those_that_failed()
    {
        using var circuit = Circuit(options: new OutageOptions { MaxWaitingCalls = 0 });
        var answer = new TaskCompletionSource<CallHealth>();
        var waiting = Begin(circuit, 20, answer.Task);
        for (var i = 0; i < 200; i++)
        {
            await circuit.TryAsync(NotMade);
        }

        answer.SetResult(Failed);
        await Task.WhenAll(waiting);

        Assert.True(circuit.IsOpen);
    }

    [Fact]
    public async Task The_operators_switch_is_followed_while_the_site_runs_and_logged_once_each_way()
    {
        var settings = new ConfigurationManager();
        using var circuit = Circuit(settings);
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
    [InlineData(Finding.Foreign, false)]
    [InlineData(Finding.Contradiction, true)]
    internal void What_a_stranger_can_bring_about_never_counts_as_an_outage(
        Finding finding,
        bool isFailure
    )
    {
        Assert.Equal(isFailure, CallHealth.Of(finding, TimeSpan.Zero).IsFailure);
    }

    private InfobipCircuit Circuit(IConfiguration? settings = null, OutageOptions? options = null)
    {
        var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        return new InfobipCircuit(
            "sends",
            () =>
            {
                probeTimes.Add(clock.GetUtcNow());
                return probing ?? Task.FromResult(probed);
            },
            options ?? new OutageOptions(),
            new OutageSwitch(
                settings ?? new ConfigurationBuilder().Build(),
                factory.CreateLogger<OutageSwitch>()
            ),
            clock,
            factory.CreateLogger<InfobipCircuit>()
        );
    }

    // What follows a try goes on besides the clock, so the clock goes in steps until the next try is there.
    private async Task ProbeAsync(int number)
    {
        await UntilAsync(() =>
        {
            if (probeTimes.Count < number)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            return probeTimes.Count == number;
        });
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    private static Task<CallHealth> NotMade() => throw new InvalidOperationException("Made.");

    private static Task<CallAdmission>[] Begin(
        InfobipCircuit circuit,
        int calls,
        Task<CallHealth> answer
    ) => [.. Enumerable.Range(0, calls).Select(_ => circuit.TryAsync(() => answer))];

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
