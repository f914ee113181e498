using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>One test per switch of resending, each with what happens in every position.</summary>
public sealed class SimulatorResendAssumptionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task OlderPinsStayValid_of_this_number_and_not_of_others(
        bool position,
        bool verified
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { OlderPinsStayValid = position }
        );
        var older = await caller.SentPinIdAsync();
        var other = await caller.SentPinIdAsync("447700900456");
        var newer = await caller.SentPinIdAsync();

        var reply = await caller.VerifyRightAsync(older);

        Assert.Equal(verified, reply.Json.GetProperty("verified").GetBoolean());
        Assert.Equal(verified ? null : "TTL_EXPIRED", reply.Member("pinError"));
        (await caller.VerifyRightAsync(other)).AssertVerdict(verified: true, 0, pinError: null);
        (await caller.VerifyRightAsync(newer)).AssertVerdict(verified: true, 0, pinError: null);
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 4)]
    public async Task ResendResetsAttempts_or_leaves_them(bool position, int remaining)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { ResendResetsAttempts = position }
        );
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyWrongAsync(pinId);

        await caller.ResendAsync(pinId);

        (await caller.VerifyWrongAsync(pinId)).AssertVerdict(false, remaining, "WRONG_PIN");
    }

    [Theory]
    [InlineData(false, 5)]
    [InlineData(true, 6)]
    public async Task ResendExtendsLife_from_the_resend_or_not_at_all(bool position, int minutes)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { ResendExtendsLife = position }
        );
        var late = await caller.SentPinIdAsync();
        var inTime = await caller.SentPinIdAsync();
        caller.Clock.Advance(TimeSpan.FromMinutes(1));
        await caller.ResendAsync(late);
        await caller.ResendAsync(inTime);

        caller.Clock.Advance(TimeSpan.FromMinutes(minutes - 1) - Second);
        (await caller.VerifyRightAsync(inTime)).AssertVerdict(verified: true, 0, pinError: null);
        caller.Clock.Advance(Second);
        (await caller.VerifyRightAsync(late)).AssertVerdict(verified: false, 5, "TTL_EXPIRED");
    }

    [Theory]
    [InlineData(true, 429)]
    [InlineData(false, 200)]
    public async Task ResendCounts_towards_the_limit_of_the_number(bool position, int status)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { ResendCounts = position },
            rules => rules with { SendPinPerPhoneNumberLimit = RateLimit.Parse("1/d") }
        );
        var pinId = await caller.SentPinIdAsync();

        Assert.Equal(status, (int)(await caller.ResendAsync(pinId)).Status);
        Assert.Equal(429, (int)(await caller.SendAsync()).Status);
    }

    [Theory]
    [InlineData(true, 404)]
    [InlineData(false, 200)]
    public async Task ResendOfSpentPinRefused_when_verified_exhausted_or_expired(
        bool position,
        int status
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { ResendOfSpentPinRefused = position },
            rules => rules with { PinAttempts = 1 }
        );
        var verified = await caller.SentPinIdAsync();
        await caller.VerifyRightAsync(verified);
        var exhausted = await caller.SentPinIdAsync();
        await caller.VerifyWrongAsync(exhausted);
        var expired = await caller.SentPinIdAsync();

        var first = await caller.ResendAsync(verified);
        var second = await caller.ResendAsync(exhausted);
        caller.Clock.Advance(TimeSpan.FromMinutes(5));
        var third = await caller.ResendAsync(expired);

        Assert.All([first, second, third], reply => Assert.Equal(status, (int)reply.Status));
    }
}
