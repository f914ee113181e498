using Microsoft.Extensions.Time.Testing;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Infobip;

/// <summary>
/// The client and the simulator, which were written apart from one contract, over real HTTP: every row of the rule table,
/// brought about by what the far end does, or by a fault where it would never do it.
/// </summary>
public sealed class ClientAgainstSimulatorTests
{
    private static readonly PinCode Wrong = PinCode.Parse("000000", 6).Pin!;

    [Theory]
    [InlineData(VerifyErrorStyle.Ok200)]
    [InlineData(VerifyErrorStyle.Http400)]
    public async Task Given_either_style_of_errors_right_wrong_exhausted_and_used_are_told_apart(
        VerifyErrorStyle style
    )
    {
        await using var far = await FarEnd.StartAsync(options =>
            options with
            {
                VerifyErrorStyle = style,
            }
        );

        var used = await far.SendAsync();
        Assert.Equal(PinVerifyStatus.Verified, (await far.VerifyAsync(used, far.RightPin)).Status);
        Assert.Equal(
            PinVerifyStatus.AttemptsExhausted,
            (await far.VerifyAsync(used, far.RightPin)).Status
        );

        var guessed = await far.SendAsync();
        for (var left = 4; left >= 0; left--)
        {
            var answer = await far.VerifyAsync(guessed, far.WrongPin);
            Assert.Equal(PinVerifyStatus.WrongPin, answer.Status);
            if (style == VerifyErrorStyle.Ok200)
            {
                Assert.Equal(left, answer.AttemptsRemaining);
            }
        }

        Assert.Equal(
            PinVerifyStatus.AttemptsExhausted,
            (await far.VerifyAsync(guessed, far.RightPin)).Status
        );
    }

    [Theory]
    [InlineData(VerifyErrorStyle.Ok200)]
    [InlineData(VerifyErrorStyle.Http400)]
    public async Task Given_either_style_of_errors_an_old_PIN_is_expired_from_its_end_on(
        VerifyErrorStyle style
    )
    {
        await using var far = await FarEnd.StartAsync(options =>
            options with
            {
                VerifyErrorStyle = style,
            }
        );
        var pinId = await far.SendAsync();

        far.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.Equal(
            PinVerifyStatus.WrongPin,
            (await far.VerifyAsync(pinId, far.WrongPin, pause: false)).Status
        );
        far.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            PinVerifyStatus.Expired,
            (await far.VerifyAsync(pinId, far.RightPin, pause: false)).Status
        );
    }

    [Theory]
    [InlineData(ErrorEnvelope.Legacy)]
    [InlineData(ErrorEnvelope.Platform)]
    public async Task Given_either_envelope_an_unknown_PIN_and_an_unknown_application_are_told(
        ErrorEnvelope envelope
    )
    {
        await using var far = await FarEnd.StartAsync(options =>
            options with
            {
                ErrorEnvelope = envelope,
            }
        );
        await using var stranger = far.Client(options => options.ApplicationId = "UNKNOWN");

        Assert.Equal(PinVerifyStatus.UnknownPin, (await far.VerifyAsync("UNKNOWN", Wrong)).Status);
        Assert.Equal(PinSendStatus.Rejected, (await stranger.SendAsync()).Status);
    }

    [Theory]
    [InlineData(ErrorEnvelope.Legacy)]
    [InlineData(ErrorEnvelope.Platform)]
    public async Task Given_a_wrong_key_both_calls_are_misconfigured(ErrorEnvelope envelope)
    {
        await using var far = await FarEnd.StartAsync(options =>
            options with
            {
                ErrorEnvelope = envelope,
            }
        );
        await using var wrongKey = far.Client(options => options.ApiKey = "another-key");

        Assert.Equal(PinSendStatus.Misconfigured, (await wrongKey.SendAsync()).Status);
        Assert.Equal(PinVerifyStatus.Misconfigured, (await wrongKey.VerifyAsync()).Status);
    }

    [Fact]
    public async Task Given_more_tries_than_the_limit_of_a_number_they_are_throttled_and_never_wrong()
    {
        await using var far = await FarEnd.StartAsync();
        var first = await far.SendAsync();
        var second = await far.SendAsync();
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await far.VerifyAsync(first, far.WrongPin, pause: false);
        }

        Assert.Equal(
            PinVerifyStatus.Throttled,
            (await far.VerifyAsync(second, far.RightPin, pause: false)).Status
        );
        far.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            PinVerifyStatus.Verified,
            (await far.VerifyAsync(second, far.RightPin)).Status
        );
    }

    [Fact]
    public async Task Given_more_sends_than_the_limit_of_a_number_they_are_throttled()
    {
        await using var far = await FarEnd.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await far.SendAsync();
        }

        Assert.Equal(PinSendStatus.Throttled, (await far.Provider.SendAsync()).Status);
    }

    public static TheoryData<string, PinVerifyStatus> VerifyFaults =>
        new()
        {
            { """{"verified":true}""", PinVerifyStatus.Verified },
            { """{"verified":true,"pinError":"NO_ERROR"}""", PinVerifyStatus.Verified },
            { """{"verified":true,"pinError":"WRONG_PIN"}""", PinVerifyStatus.Unavailable },
            { """{"verified":"true"}""", PinVerifyStatus.Unavailable },
            { """{"verified":1}""", PinVerifyStatus.Unavailable },
            { """{"verified":null}""", PinVerifyStatus.Unavailable },
            { """{}""", PinVerifyStatus.Unavailable },
            { """[]""", PinVerifyStatus.Unavailable },
            { "", PinVerifyStatus.Unavailable },
            { "<html></html>", PinVerifyStatus.Unavailable },
            { """{"verified":false}""", PinVerifyStatus.WrongPin },
            { """{"verified":false,"pinError":"SOMETHING_NEW"}""", PinVerifyStatus.WrongPin },
            { """{"verified":false,"pinError":"PIN_EXPIRED"}""", PinVerifyStatus.Expired },
            {
                """{"verified":false,"pinError":"MAX_ATTEMPTS_EXCEEDED"}""",
                PinVerifyStatus.AttemptsExhausted
            },
            { """{"verified":true,"msisdn":"447700900124"}""", PinVerifyStatus.Unavailable },
            { """{"verified":true,"pinId":"ANOTHER"}""", PinVerifyStatus.Unavailable },
            { """{"verified":true,"verified":true}""", PinVerifyStatus.Unavailable },
        };

    [Theory]
    [MemberData(nameof(VerifyFaults))]
    public async Task Given_an_answer_that_was_tampered_with_only_the_literal_truth_about_this_PIN_verifies(
        string body,
        PinVerifyStatus expected
    )
    {
        await using var far = await FarEnd.StartAsync();
        var pinId = await far.SendAsync();
        far.Simulator.Faults.ForNext(InfobipOperation.VerifyPin, Fault.WithBody(body));

        Assert.Equal(expected, (await far.VerifyAsync(pinId, far.RightPin)).Status);
        Assert.Equal(1, far.Simulator.Calls.Count(InfobipOperation.VerifyPin));
    }

    [Theory]
    [InlineData(400, PinSendStatus.Rejected, PinVerifyStatus.Rejected)]
    [InlineData(401, PinSendStatus.Misconfigured, PinVerifyStatus.Misconfigured)]
    [InlineData(403, PinSendStatus.Misconfigured, PinVerifyStatus.Misconfigured)]
    [InlineData(404, PinSendStatus.Rejected, PinVerifyStatus.UnknownPin)]
    [InlineData(429, PinSendStatus.Throttled, PinVerifyStatus.Throttled)]
    [InlineData(500, PinSendStatus.Unavailable, PinVerifyStatus.Unavailable)]
    [InlineData(503, PinSendStatus.Unavailable, PinVerifyStatus.Unavailable)]
    public async Task Given_a_status_in_either_envelope_it_decides_and_nothing_is_asked_twice(
        int status,
        PinSendStatus onSend,
        PinVerifyStatus onVerify
    )
    {
        foreach (var envelope in Enum.GetValues<ErrorEnvelope>())
        {
            await using var far = await FarEnd.StartAsync();
            var pinId = await far.SendAsync();
            far.Simulator.Calls.Clear();
            far.Simulator.Faults.ForNext(
                InfobipOperation.SendPin,
                Fault.WithStatus(status, envelope)
            );
            far.Simulator.Faults.ForNext(
                InfobipOperation.VerifyPin,
                Fault.WithStatus(status, envelope)
            );

            Assert.Equal(onSend, (await far.Provider.SendAsync()).Status);
            Assert.Equal(onVerify, (await far.VerifyAsync(pinId, far.RightPin)).Status);
            Assert.Equal(2, far.Simulator.Calls.All.Count);
        }
    }

    [Fact]
    public async Task Given_a_PIN_that_was_sent_it_comes_again_by_message_and_by_call_and_is_verified_once()
    {
        await using var far = await FarEnd.StartAsync();
        var pinId = await far.SendAsync();
        var pin = far.RightPin;

        foreach (var channel in Enum.GetValues<PinChannel>())
        {
            Assert.Equal(
                new PinSendAnswer(PinSendStatus.Sent, pinId),
                await far.Provider.ResendAsync(pinId, channel)
            );
            Assert.Equal(pin.Digits, far.RightPin.Digits);
        }

        Assert.Equal(PinVerifyStatus.Verified, (await far.VerifyAsync(pinId, pin)).Status);
        Assert.Equal(PinSendStatus.UnknownPin, (await far.Provider.ResendAsync(pinId)).Status);
        Assert.Equal(PinSendStatus.UnknownPin, (await far.Provider.ResendAsync("UNKNOWN")).Status);
    }

    [Fact]
    public async Task Given_an_operators_questions_the_far_end_answers_what_was_set_up()
    {
        await using var far = await FarEnd.StartAsync();
        await far.SendAsync();

        var application = (
            await far.Provider.Reader.ReadApplicationAsync(CancellationToken.None)
        ).Value!;
        var template = (await far.Provider.Reader.ReadTemplateAsync(CancellationToken.None)).Value!;
        var sent = (await far.Provider.Reader.ReadVerificationsAsync(InfobipSetup.Number)).Value!;

        Assert.Equal(
            (5, false, "5m", "5/5s"),
            (
                application.PinAttempts,
                application.AllowMultiplePinVerifications,
                application.PinTimeToLive,
                application.VerifyPinLimit
            )
        );
        Assert.Equal(("NUMERIC", 6), (template.PinType, template.PinLength));
        Assert.False(Assert.Single(sent).Verified);
    }

    [Fact]
    public async Task Given_a_message_that_was_not_sent_or_a_number_out_of_reach_they_are_told_apart()
    {
        await using var far = await FarEnd.StartAsync();

        far.Simulator.Faults.ForNext(InfobipOperation.SendPin, Fault.MessageNotSent());
        Assert.Equal(PinSendStatus.NotSent, (await far.Provider.SendAsync()).Status);
        far.Simulator.Faults.ForNext(InfobipOperation.SendPin, Fault.NumberNotReachable());
        Assert.Equal(PinSendStatus.Unreachable, (await far.Provider.SendAsync()).Status);
    }

    private sealed class FarEnd : IAsyncDisposable
    {
        private FarEnd(SimulatorHost simulator, FakeTimeProvider clock)
        {
            (Simulator, Clock) = (simulator, clock);
            Provider = Client();
        }

        public SimulatorHost Simulator { get; }

        public FakeTimeProvider Clock { get; }

        public InfobipSetup Provider { get; }

        public PinCode RightPin => PinCode.Parse(Simulator.LatestPin(InfobipSetup.Digits), 6).Pin!;

        public PinCode WrongPin =>
            RightPin.Digits == Wrong.Digits ? PinCode.Parse("000001", 6).Pin! : Wrong;

        public static async Task<FarEnd> StartAsync(
            Func<SimulatorOptions, SimulatorOptions>? adjust = null
        )
        {
            var clock = new FakeTimeProvider(
                new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)
            );
            var options = SimulatorOptions.Seeded(
                InfobipSetup.ApiKey,
                InfobipSetup.ApplicationId,
                InfobipSetup.MessageId
            );
            return new FarEnd(
                await SimulatorHost.StartAsync(
                    adjust?.Invoke(options) ?? options,
                    clock,
                    CancellationToken.None
                ),
                clock
            );
        }

        public InfobipSetup Client(Action<Web.Infobip.InfobipOptions>? adjust = null) =>
            new(Simulator.BaseAddress, adjust);

        public async Task<string> SendAsync()
        {
            var answer = await Provider.SendAsync();
            Assert.Equal(PinSendStatus.Sent, answer.Status);
            return answer.PinId!;
        }

        /// <param name="pinId">Of an earlier send.</param>
        /// <param name="pin">What is typed.</param>
        /// <param name="pause">Waits the time first that Infobip wants between two tries.</param>
        public Task<PinVerifyAnswer> VerifyAsync(string pinId, PinCode pin, bool pause = true)
        {
            if (pause)
            {
                Clock.Advance(TimeSpan.FromSeconds(2));
            }

            return Provider.VerifyAsync(pinId, pin);
        }

        public async ValueTask DisposeAsync()
        {
            await Provider.DisposeAsync();
            await Simulator.DisposeAsync();
        }
    }
}
