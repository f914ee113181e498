using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Stands in front of one kind of call. While Infobip fails, or an operator says so, calls are not made and the caller
/// knows at once; after a pause one call tries whether it works again (ASVS 13.1.3). Opening and closing are logged once
/// an outage, however often a try fails in between.
/// </summary>
internal sealed class InfobipCircuit
{
    private readonly ResiliencePipeline<CallHealth> pipeline;
    private readonly CircuitBreakerStateProvider state = new();
    private readonly OutageSwitch outage;
    private readonly string calls;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly OutageOptions options;

    // Polly calls back one at a time.
    private DateTimeOffset? openSince;

    /// <param name="calls">What is called, in the plural, for the log.</param>
    /// <param name="options">When it opens.</param>
    /// <param name="outage">The operator's switch.</param>
    /// <param name="time">For the pause and the window.</param>
    /// <param name="logger">Told of opening and closing.</param>
    public InfobipCircuit(
        string calls,
        OutageOptions options,
        OutageSwitch outage,
        TimeProvider time,
        ILogger logger
    )
    {
        this.calls = calls;
        this.options = options;
        this.outage = outage;
        this.time = time;
        this.logger = logger;
        pipeline = new ResiliencePipelineBuilder<CallHealth> { TimeProvider = time }
            // In front of the breaker, which would take a call that was not made for one that went well.
            .AddConcurrencyLimiter(options.MaxConcurrentCalls, queueLimit: 0)
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

    /// <summary>Whether a call right now would not be made, or be the one that tries again.</summary>
    public bool IsOpen => outage.IsOn || state.CircuitState != CircuitState.Closed;

    /// <summary>Makes the call, unless Infobip is known to be down or too many are under way.</summary>
    /// <returns>False if it was not made: nothing reached Infobip, and nothing was counted there.</returns>
    public async Task<bool> TryAsync(Func<Task<CallHealth>> call)
    {
        if (outage.IsOn)
        {
            return false;
        }

        try
        {
            // Not to be cancelled with the browser: what has left for Infobip has happened.
            await pipeline.ExecuteAsync(
                static async (made, _) => await made(),
                call,
                CancellationToken.None
            );
            return true;
        }
        catch (BrokenCircuitException)
        {
            return false;
        }
        catch (RateLimiterRejectedException)
        {
            logger.TooManyCalls(calls);
            return false;
        }
    }

    private bool IsBad(Outcome<CallHealth> outcome) =>
        outcome.Exception is not null
        || outcome.Result.IsFailure
        || outcome.Result.Elapsed >= options.SlowCall;

    private ValueTask Opened()
    {
        if (openSince is null)
        {
            openSince = time.GetUtcNow();
            logger.CircuitOpened(calls, options.Pause);
        }

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
}
