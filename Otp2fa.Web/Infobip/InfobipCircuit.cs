using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Stands in front of one kind of call. While Infobip fails, or an operator says so, calls are not made and the caller
/// knows at once; after a pause the circuit tries by itself whether it works again (ASVS 13.1.3). Opening and closing are
/// logged once an outage, however often a try fails in between.
/// </summary>
internal sealed class InfobipCircuit : IDisposable
{
    private readonly ResiliencePipeline<CallHealth> pipeline;
    private readonly CircuitBreakerStateProvider state = new();
    private readonly OutageSwitch outage;
    private readonly string calls;
    private readonly Func<Task<CallHealth>> probe;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly OutageOptions options;
    private readonly ITimer nextProbe;

    // Polly calls back one at a time.
    private DateTimeOffset? openSince;

    private long crowdedSince;

    /// <param name="calls">What is called, in the plural, for the log.</param>
    /// <param name="probe">A call of this kind that costs nothing and changes nothing, made while the circuit is open.</param>
    /// <param name="options">When it opens.</param>
    /// <param name="outage">The operator's switch.</param>
    /// <param name="time">For the pause and the window.</param>
    /// <param name="logger">Told of opening and closing.</param>
    public InfobipCircuit(
        string calls,
        Func<Task<CallHealth>> probe,
        OutageOptions options,
        OutageSwitch outage,
        TimeProvider time,
        ILogger logger
    )
    {
        this.calls = calls;
        this.probe = probe;
        this.options = options;
        this.outage = outage;
        this.time = time;
        this.logger = logger;
        nextProbe = time.CreateTimer(
            _ => _ = ProbeAsync(),
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        pipeline = new ResiliencePipelineBuilder<CallHealth> { TimeProvider = time }
            // In front of the breaker, which would take a call that was not made for one that went well.
            .AddConcurrencyLimiter(options.MaxConcurrentCalls, options.MaxWaitingCalls)
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<CallHealth>
                {
                    FailureRatio = options.FailureRatio,
                    MinimumThroughput = options.MinimumCalls,
                    SamplingDuration = options.Window,
                    BreakDuration = options.Pause,
                    StateProvider = state,
                    ShouldHandle = attempt => ValueTask.FromResult(IsBad(attempt.Outcome)),
                    OnOpened = _ => Opened(),
                    OnClosed = _ => Closed(),
                }
            )
            .Build();
    }

    /// <summary>Whether a call right now would not be made, or would have to wait for the one that tries again.</summary>
    public bool IsOpen => outage.IsOn || state.CircuitState != CircuitState.Closed;

    /// <summary>
    /// Makes the call, unless Infobip is known to be down. While as many are under way as may be, it waits for its turn, but
    /// for no longer than <see cref="OutageOptions.LongestWait"/>.
    /// </summary>
    public async Task<CallAdmission> TryAsync(Func<Task<CallHealth>> call)
    {
        if (outage.IsOn)
        {
            return CallAdmission.Outage;
        }

        // Bounds the wait only: what has left for Infobip has happened, and is not cancelled by anything.
        using var patience = new CancellationTokenSource(options.LongestWait);
        var isMade = false;
        try
        {
            await pipeline.ExecuteAsync(
                async _ =>
                {
                    isMade = true;
                    return await call();
                },
                patience.Token
            );
            return CallAdmission.Made;
        }
        catch (BrokenCircuitException)
        {
            return CallAdmission.Outage;
        }
        catch (RateLimiterRejectedException)
        {
            return Crowded();
        }
        catch (OperationCanceledException) when (!isMade)
        {
            return Crowded();
        }
    }

    public void Dispose() => nextProbe.Dispose();

    private bool IsBad(Outcome<CallHealth> outcome) =>
        outcome.Exception is not null
        || outcome.Result.IsFailure
        || outcome.Result.Elapsed >= options.SlowCall;

    private async Task ProbeAsync()
    {
        // Declared down: nobody is asked, and nobody waits for the answer either.
        if (
            await TryAsync(probe) != CallAdmission.Made
            && state.CircuitState != CircuitState.Closed
        )
        {
            Schedule(options.Pause);
        }
    }

    private void Schedule(TimeSpan pause) => nextProbe.Change(pause, Timeout.InfiniteTimeSpan);

    private ValueTask Opened()
    {
        if (openSince is null)
        {
            openSince = time.GetUtcNow();
            logger.CircuitOpened(calls, options.Pause);
        }

        Schedule(options.Pause);
        return ValueTask.CompletedTask;
    }

    private ValueTask Closed()
    {
        if (openSince is { } since)
        {
            openSince = null;
            logger.CircuitClosed(calls, time.GetUtcNow() - since);
        }

        return ValueTask.CompletedTask;
    }

    // A crowd is told of once a window, not once a call: the log must not be what the site is busy with.
    private CallAdmission Crowded()
    {
        var (now, before) = (time.GetUtcNow().UtcTicks, Interlocked.Read(ref crowdedSince));
        if (
            now - before >= options.Window.Ticks
            && Interlocked.CompareExchange(ref crowdedSince, now, before) == before
        )
        {
            logger.TooManyCalls(calls, options.Window);
        }

        return CallAdmission.Crowded;
    }
}
