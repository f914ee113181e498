using System.Net;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>One test per switch of verifying and of the status, each with what happens in every position.</summary>
public sealed class SimulatorVerifyAssumptionTests
{
    [Theory]
    [InlineData(VerifyErrorStyle.Ok200, 200)]
    [InlineData(VerifyErrorStyle.Http400, 400)]
    public async Task VerifyErrorStyle_can_be_changed_while_it_runs(
        VerifyErrorStyle position,
        int status
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();

        caller.Host.Assumptions = caller.Host.Assumptions with { VerifyErrorStyle = position };

        Assert.Equal(status, (int)(await caller.VerifyWrongAsync(pinId)).Status);
    }

    [Fact]
    public async Task VerifyLimit_answers_with_429_400_or_a_verdict()
    {
        foreach (var position in Enum.GetValues<VerifyLimitAnswer>())
        {
            await using var caller = await SimulatorCaller.StartAsync(
                new SimulatorAssumptions { VerifyLimit = position },
                rules => rules with { VerifyPinLimit = RateLimit.Parse("1/3s") }
            );
            var pinId = await caller.SentPinIdAsync();
            await caller.VerifyWrongAsync(pinId);

            var over = await caller.VerifyRightAsync(pinId);

            switch (position)
            {
                case VerifyLimitAnswer.Http429:
                    over.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
                    break;
                case VerifyLimitAnswer.Http400:
                    over.AssertLegacyError(HttpStatusCode.BadRequest, "BAD_REQUEST");
                    break;
                default:
                    over.AssertVerdict(verified: false, 0, "NO_MORE_PIN_ATTEMPTS");
                    break;
            }

            Assert.Equal(4, caller.Host.PinStore.Find(pinId)!.AttemptsRemaining);
        }
    }

    [Theory]
    [InlineData(false, 4)]
    [InlineData(true, 3)]
    public async Task ThrottledVerifyCostsAttempt_or_nothing(bool position, int remaining)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { ThrottledVerifyCostsAttempt = position },
            rules => rules with { VerifyPinLimit = RateLimit.Parse("1/3s") }
        );
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyWrongAsync(pinId);

        await caller.VerifyRightAsync(pinId);

        Assert.Equal(remaining, caller.Host.PinStore.Find(pinId)!.AttemptsRemaining);
    }

    [Theory]
    [InlineData(false, 5, 5)]
    [InlineData(true, 4, 3)]
    public async Task ExpiredVerifyCostsAttempt_or_nothing(bool position, int first, int second)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { ExpiredVerifyCostsAttempt = position }
        );
        var pinId = await caller.SentPinIdAsync();
        caller.Clock.Advance(TimeSpan.FromMinutes(5));

        (await caller.VerifyRightAsync(pinId)).AssertVerdict(false, first, "TTL_EXPIRED");
        (await caller.VerifyWrongAsync(pinId)).AssertVerdict(false, second, "TTL_EXPIRED");
    }

    [Theory]
    [InlineData(false, "WRONG_PIN")]
    [InlineData(true, "NO_MORE_PIN_ATTEMPTS")]
    public async Task LastWrongTrySaysNoMore_or_WRONG_PIN(bool position, string pinError)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { LastWrongTrySaysNoMore = position },
            rules => rules with { PinAttempts = 2 }
        );
        var pinId = await caller.SentPinIdAsync();

        (await caller.VerifyWrongAsync(pinId)).AssertVerdict(false, 1, "WRONG_PIN");
        (await caller.VerifyWrongAsync(pinId)).AssertVerdict(false, 0, pinError);
        (await caller.VerifyRightAsync(pinId)).AssertVerdict(false, 0, "NO_MORE_PIN_ATTEMPTS");
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 4)]
    public async Task SuccessTellsAttempts_or_0(bool position, int remaining)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { SuccessTellsAttempts = position }
        );
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyWrongAsync(pinId);

        (await caller.VerifyRightAsync(pinId)).AssertVerdict(true, remaining, pinError: null);
    }

    [Theory]
    [InlineData(SecondVerificationAnswer.NoMorePinAttempts, "NO_MORE_PIN_ATTEMPTS")]
    [InlineData(SecondVerificationAnswer.WrongPin, "WRONG_PIN")]
    [InlineData(SecondVerificationAnswer.TtlExpired, "TTL_EXPIRED")]
    [InlineData(SecondVerificationAnswer.NotFound, null)]
    public async Task SecondVerification_of_a_pin_that_may_be_verified_once(
        SecondVerificationAnswer position,
        string? pinError
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { SecondVerification = position }
        );
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyRightAsync(pinId);

        var second = await caller.VerifyRightAsync(pinId);

        if (pinError is null)
        {
            second.AssertLegacyError(HttpStatusCode.NotFound, "NOT_FOUND");
        }
        else
        {
            second.AssertVerdict(verified: false, 0, pinError);
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task PinCaseMatters_or_not(bool position, bool verified)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.WithApplication(application =>
                application with
                {
                    Templates =
                    [
                        application.Templates[0] with
                        {
                            PinType = PinType.Alpha,
                            PinLength = 32,
                        },
                    ],
                }
            ) with
            {
                Assumptions = new() { PinCaseMatters = position },
            }
        );
        var pinId = await caller.SentPinIdAsync();
        var typed = caller.Host.LatestPin(SimulatorCaller.Number)!.ToLowerInvariant();

        var reply = await caller.VerifyAsync(pinId, typed);

        Assert.Equal(verified, reply.Json.GetProperty("verified").GetBoolean());
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1000)]
    public async Task TimestampsInMilliseconds_or_seconds(bool position, long perSecond)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { TimestampsInMilliseconds = position }
        );
        await caller.VerifyRightAsync(await caller.SentPinIdAsync());

        var entry = await EntryAsync(caller);

        var expected = caller.Clock.GetUtcNow().ToUnixTimeSeconds() * perSecond;
        Assert.Equal(
            (expected, expected),
            (entry.GetProperty("sentAt").GetInt64(), entry.GetProperty("verifiedAt").GetInt64())
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UnverifiedHasVerifiedAt_all_the_same(bool position)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { UnverifiedHasVerifiedAt = position }
        );
        await caller.SentPinIdAsync();

        var entry = await EntryAsync(caller);

        Assert.False(entry.GetProperty("verified").GetBoolean());
        Assert.Equal(position, entry.TryGetProperty("verifiedAt", out _));
    }

    private static async Task<System.Text.Json.JsonElement> EntryAsync(SimulatorCaller caller)
    {
        var status = await caller.CallAsync(
            HttpMethod.Get,
            $"2fa/2/applications/{SimulatorCaller.ApplicationId}/verifications"
                + $"?msisdn={SimulatorCaller.Number}"
        );
        return Assert.Single(status.Json.GetProperty("verifications").EnumerateArray());
    }
}
