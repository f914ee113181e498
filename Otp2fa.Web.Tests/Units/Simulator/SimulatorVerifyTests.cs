using System.Net;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorVerifyTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task The_right_pin_is_verified_with_no_attempts_remaining_and_no_error()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();

        var reply = await caller.VerifyAsync(pinId, caller.Host.LatestPin(SimulatorCaller.Number)!);

        reply.AssertVerdict(verified: true, attemptsRemaining: 0, pinError: null);
        Assert.Equal(pinId, reply.Member("pinId"));
        Assert.Equal(SimulatorCaller.Number, reply.Member("msisdn"));
        Assert.False(reply.Json.TryGetProperty("pinError", out _));
        Assert.Equal(caller.Clock.GetUtcNow(), caller.Host.PinStore.Find(pinId)!.VerifiedAt);
    }

    [Fact]
    public async Task Wrong_pins_count_down_and_then_even_the_right_one_is_refused()
    {
        await using var caller = await SimulatorCaller.StartAsync(Unlimited());
        var pinId = await caller.SentPinIdAsync();

        for (var remaining = 4; remaining >= 0; remaining--)
        {
            (await caller.VerifyWrongAsync(pinId)).AssertVerdict(
                verified: false,
                remaining,
                "WRONG_PIN"
            );
        }

        (await caller.VerifyRightAsync(pinId)).AssertVerdict(
            verified: false,
            0,
            "NO_MORE_PIN_ATTEMPTS"
        );
        (await caller.VerifyWrongAsync(pinId)).AssertVerdict(
            verified: false,
            0,
            "NO_MORE_PIN_ATTEMPTS"
        );
    }

    [Fact]
    public async Task The_last_attempt_may_still_be_right()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            Unlimited(rules => rules with { PinAttempts = 2 })
        );
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyWrongAsync(pinId);

        (await caller.VerifyRightAsync(pinId)).AssertVerdict(verified: true, 0, pinError: null);
    }

    [Fact]
    public async Task A_pin_lives_until_one_tick_before_its_time_to_live()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        caller.Clock.Advance(TimeSpan.FromMinutes(5) - Tick);

        (await caller.VerifyRightAsync(pinId)).AssertVerdict(verified: true, 0, pinError: null);
    }

    [Fact]
    public async Task A_pin_is_expired_at_its_time_to_live_and_costs_no_attempt()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyWrongAsync(pinId);
        caller.Clock.Advance(TimeSpan.FromMinutes(5));

        (await caller.VerifyRightAsync(pinId)).AssertVerdict(verified: false, 4, "TTL_EXPIRED");
        (await caller.VerifyWrongAsync(pinId)).AssertVerdict(verified: false, 4, "TTL_EXPIRED");
    }

    [Fact]
    public async Task A_verified_pin_is_refused_the_second_time()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyRightAsync(pinId);

        (await caller.VerifyRightAsync(pinId)).AssertVerdict(
            verified: false,
            0,
            "NO_MORE_PIN_ATTEMPTS"
        );
    }

    [Fact]
    public async Task A_verified_pin_is_verified_again_where_that_is_allowed()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            Unlimited(rules => rules with { AllowMultiplePinVerifications = true })
        );
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyRightAsync(pinId);

        (await caller.VerifyRightAsync(pinId)).AssertVerdict(verified: true, 0, pinError: null);
        (await caller.VerifyWrongAsync(pinId)).AssertVerdict(verified: false, 4, "WRONG_PIN");
    }

    [Fact]
    public async Task An_older_pin_of_a_number_stays_valid_and_counts_alone()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var older = await caller.SentPinIdAsync();
        var newer = await caller.SentPinIdAsync();

        Assert.NotEqual(older, newer);
        (await caller.VerifyWrongAsync(newer)).AssertVerdict(verified: false, 4, "WRONG_PIN");
        (await caller.VerifyRightAsync(older)).AssertVerdict(verified: true, 0, pinError: null);
        (await caller.VerifyRightAsync(newer)).AssertVerdict(verified: true, 0, pinError: null);
    }

    [Fact]
    public async Task An_unknown_pin_id_is_not_found()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        (await caller.VerifyAsync("no/such id", "123456")).AssertLegacyError(
            HttpStatusCode.NotFound,
            "NOT_FOUND"
        );
        Assert.Equal(1, caller.Host.Calls.Count(InfobipOperation.VerifyPin, CallOutcome.NotFound));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"pin":""}""")]
    [InlineData("""{"pin":null}""")]
    public async Task A_verification_without_a_pin_is_refused_and_costs_nothing(string body)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();

        (await caller.PostAsync($"2fa/2/pin/{pinId}/verify", body)).AssertInvalid("pin");

        Assert.Equal(5, caller.Host.PinStore.Find(pinId)!.AttemptsRemaining);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"pin":123456}""")]
    public async Task A_verification_that_is_no_JSON_of_the_right_types_is_refused(string body)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();

        var reply = await caller.PostAsync($"2fa/2/pin/{pinId}/verify", body);

        reply.AssertLegacyError(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Fact]
    public async Task The_verify_limit_is_per_number_throttles_and_costs_no_attempt()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.Configured(rules =>
                rules with
                {
                    VerifyPinLimit = RateLimit.Parse("1/3s"),
                }
            )
        );
        var first = await caller.SentPinIdAsync();
        var second = await caller.SentPinIdAsync();
        var other = await caller.SentPinIdAsync("447700900456");

        (await caller.VerifyWrongAsync(first)).AssertVerdict(verified: false, 4, "WRONG_PIN");
        var throttled = await caller.VerifyRightAsync(second);
        (await caller.VerifyWrongAsync(other)).AssertVerdict(verified: false, 4, "WRONG_PIN");
        caller.Clock.Advance(TimeSpan.FromSeconds(3) - Tick);
        var stillThrottled = await caller.VerifyWrongAsync(first);
        caller.Clock.Advance(Tick);
        var judged = await caller.VerifyWrongAsync(first);

        throttled.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        Assert.False(throttled.Headers.Contains("Retry-After"));
        stillThrottled.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        judged.AssertVerdict(verified: false, 3, "WRONG_PIN");
    }

    [Fact]
    public async Task Parallel_wrong_attempts_count_exactly()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            Unlimited(rules => rules with { PinAttempts = 20 })
        );
        var pinId = await caller.SentPinIdAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(_ => caller.VerifyWrongAsync(pinId))
        );

        var remaining = replies
            .Where(reply => reply.Member("pinError") == "WRONG_PIN")
            .Select(reply => reply.Json.GetProperty("attemptsRemaining").GetInt32());
        Assert.Equal(Enumerable.Range(0, 20), remaining.Order());
        Assert.Equal(
            40,
            replies.Count(reply => reply.Member("pinError") == "NO_MORE_PIN_ATTEMPTS")
        );
        Assert.Equal(60, caller.Host.Calls.Count(InfobipOperation.VerifyPin));
    }

    [Fact]
    public async Task Of_parallel_right_attempts_exactly_one_is_verified()
    {
        await using var caller = await SimulatorCaller.StartAsync(Unlimited());
        var pinId = await caller.SentPinIdAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => caller.VerifyRightAsync(pinId))
        );

        Assert.Single(replies, reply => reply.Json.GetProperty("verified").GetBoolean());
        Assert.Equal(1, caller.Host.Calls.Count(InfobipOperation.VerifyPin, CallOutcome.Verified));
        Assert.Equal(
            39,
            caller.Host.Calls.Count(InfobipOperation.VerifyPin, CallOutcome.AttemptsExhausted)
        );
    }

    [Fact]
    public async Task The_contested_style_answers_failures_with_400_and_success_as_ever()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            Unlimited(rules => rules with { PinAttempts = 1 }) with
            {
                VerifyErrorStyle = VerifyErrorStyle.Http400,
            }
        );
        var good = await caller.SentPinIdAsync();
        var bad = await caller.SentPinIdAsync();
        var late = await caller.SentPinIdAsync();

        (await caller.VerifyRightAsync(good)).AssertVerdict(verified: true, 0, pinError: null);
        (await caller.VerifyWrongAsync(bad)).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "WRONG_PIN"
        );
        (await caller.VerifyRightAsync(bad)).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "MAX_ATTEMPTS_EXCEEDED"
        );
        (await caller.VerifyAsync("unknown", "1")).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "PIN_NOT_FOUND"
        );
        caller.Clock.Advance(TimeSpan.FromMinutes(5));
        (await caller.VerifyRightAsync(late)).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "TTL_EXPIRED"
        );
    }

    [Fact]
    public async Task The_log_tells_every_verification_with_its_outcome_time_and_number()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        caller.Clock.Advance(TimeSpan.FromSeconds(7));

        await caller.VerifyWrongAsync(pinId);
        await caller.VerifyRightAsync(pinId);

        var calls = caller.Host.Calls.Of(InfobipOperation.VerifyPin);
        Assert.Equal(
            [CallOutcome.WrongPin, CallOutcome.Verified],
            calls.Select(call => call.Outcome)
        );
        Assert.All(calls, call => Assert.Equal(pinId, call.PinId));
        Assert.All(calls, call => Assert.Equal(SimulatorCaller.Number, call.Number));
        Assert.All(calls, call => Assert.Equal(caller.Clock.GetUtcNow(), call.At));
        Assert.All(calls, call => Assert.Equal(200, call.Status));
        Assert.Equal(3, caller.Host.Calls.All.Count);
        caller.Host.Calls.Clear();
        Assert.Empty(caller.Host.Calls.All);
    }

    private static SimulatorOptions Unlimited(
        Func<PinConfiguration, PinConfiguration>? change = null
    ) =>
        SimulatorCaller.Configured(rules =>
            (change?.Invoke(rules) ?? rules) with
            {
                VerifyPinLimit = RateLimit.Parse("1000/s"),
            }
        );
}
