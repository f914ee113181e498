using System.Net;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>One test per switch of resending, verifying and the status, each with what happens in every position.</summary>
public sealed class SimulatorPinAssumptionTests
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
        await using var caller = await StartAsync(new() { OlderPinsStayValid = position });
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
        await using var caller = await StartAsync(new() { ResendResetsAttempts = position });
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
        await using var caller = await StartAsync(new() { ResendExtendsLife = position });
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
        await using var caller = await StartAsync(
            new() { ResendCounts = position },
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
        await using var caller = await StartAsync(
            new() { ResendOfSpentPinRefused = position },
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

    [Fact]
    public async Task VerifyLimit_answers_with_429_400_or_a_verdict()
    {
        foreach (var position in Enum.GetValues<VerifyLimitAnswer>())
        {
            await using var caller = await StartAsync(
                new() { VerifyLimit = position },
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
        await using var caller = await StartAsync(
            new() { ThrottledVerifyCostsAttempt = position },
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
        await using var caller = await StartAsync(new() { ExpiredVerifyCostsAttempt = position });
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
        await using var caller = await StartAsync(
            new() { LastWrongTrySaysNoMore = position },
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
        await using var caller = await StartAsync(new() { SuccessTellsAttempts = position });
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
        await using var caller = await StartAsync(new() { SecondVerification = position });
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
        await using var caller = await StartAsync(new() { TimestampsInMilliseconds = position });
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
        await using var caller = await StartAsync(new() { UnverifiedHasVerifiedAt = position });
        await caller.SentPinIdAsync();

        var entry = await EntryAsync(caller);

        Assert.False(entry.GetProperty("verified").GetBoolean());
        Assert.Equal(position, entry.TryGetProperty("verifiedAt", out _));
    }

    [Theory]
    [InlineData(VerifyErrorStyle.Ok200, 200)]
    [InlineData(VerifyErrorStyle.Http400, 400)]
    public async Task VerifyErrorStyle_can_be_changed_while_it_runs(
        VerifyErrorStyle position,
        int status
    )
    {
        await using var caller = await StartAsync(new());
        var pinId = await caller.SentPinIdAsync();

        caller.Host.Assumptions = caller.Host.Assumptions with { VerifyErrorStyle = position };

        Assert.Equal(status, (int)(await caller.VerifyWrongAsync(pinId)).Status);
    }

    [Fact]
    public async Task ErrorEnvelope_can_be_changed_while_it_runs()
    {
        await using var caller = await StartAsync(new());
        (await caller.PostSendAsync("{")).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "BAD_REQUEST"
        );

        caller.Host.Assumptions = new() { ErrorEnvelope = ErrorEnvelope.Platform };

        Assert.Equal("E400", (await caller.PostSendAsync("{")).Member("errorCode"));
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

    private static Task<SimulatorCaller> StartAsync(
        SimulatorAssumptions assumptions,
        Func<PinConfiguration, PinConfiguration>? change = null
    ) =>
        SimulatorCaller.StartAsync(
            SimulatorCaller.Configured(rules => change?.Invoke(rules) ?? rules) with
            {
                Assumptions = assumptions,
            }
        );
}
