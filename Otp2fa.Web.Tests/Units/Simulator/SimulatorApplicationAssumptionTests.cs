using System.Net;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>One test per switch of applications and of the errors all operations share, each with what happens in every position.</summary>
public sealed class SimulatorApplicationAssumptionTests
{
    private const string Mine = "2fa/2/applications/" + SimulatorCaller.ApplicationId;

    [Theory]
    [InlineData(false, "TOO_MANY_REQUESTS", null)]
    [InlineData(true, null, "E429")]
    public async Task ThrottlingInPlatformForm_leaves_other_errors_alone(
        bool position,
        string? messageId,
        string? errorCode
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { ThrottlingInPlatformForm = position },
            rules => rules with { SendPinPerPhoneNumberLimit = RateLimit.Parse("1/d") }
        );
        await caller.SentPinIdAsync();

        var throttled = await caller.SendAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.Status);
        Assert.Equal(errorCode, throttled.Member("errorCode"));
        if (messageId is not null)
        {
            throttled.AssertLegacyError(HttpStatusCode.TooManyRequests, messageId);
        }

        (await caller.PostSendAsync("{}")).AssertInvalid("applicationId", "messageId", "to");
    }

    [Theory]
    [InlineData(RetryAfterStyle.None, null)]
    [InlineData(RetryAfterStyle.Seconds, "48")]
    [InlineData(RetryAfterStyle.Date, "Sun, 01 Mar 2026 12:01:00 GMT")]
    public async Task RetryAfter_tells_when_the_call_passes(
        RetryAfterStyle position,
        string? header
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { RetryAfter = position },
            rules =>
                rules with
                {
                    SendPinPerPhoneNumberLimit = RateLimit.Parse("1/m"),
                    VerifyPinLimit = RateLimit.Parse("1/m"),
                }
        );
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyWrongAsync(pinId);
        caller.Clock.Advance(TimeSpan.FromSeconds(12.5));

        foreach (
            var reply in new[] { await caller.SendAsync(), await caller.VerifyWrongAsync(pinId) }
        )
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, reply.Status);
            Assert.Equal(
                header,
                reply.Headers.TryGetValues("Retry-After", out var values)
                    ? Assert.Single(values)
                    : null
            );
        }
    }

    [Theory]
    [InlineData(false, "FORBIDDEN")]
    [InlineData(true, "UNAUTHORIZED")]
    public async Task ForbiddenSaysUnauthorized_in_a_403(bool position, string messageId)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.Seeded with
            {
                AdditionalKeys = [new SimulatorKey("stranger", [])],
                Assumptions = new() { ForbiddenSaysUnauthorized = position },
            }
        );

        (
            await caller.CallAsync(HttpMethod.Get, Mine, authorization: "App stranger")
        ).AssertLegacyError(HttpStatusCode.Forbidden, messageId);
    }

    [Fact]
    public async Task ErrorEnvelope_can_be_changed_while_it_runs()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        (await caller.PostSendAsync("{")).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "BAD_REQUEST"
        );

        caller.Host.Assumptions = new() { ErrorEnvelope = ErrorEnvelope.Platform };

        Assert.Equal("E400", (await caller.PostSendAsync("{")).Member("errorCode"));
    }

    [Theory]
    [InlineData(true, 429)]
    [InlineData(false, 201)]
    public async Task EndpointLimits_stop_the_21st_application(bool position, int status)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { EndpointLimits = position }
        );
        for (var index = 0; index < 20; index++)
        {
            await caller.PostAsync("2fa/2/applications", """{"name":"a"}""");
        }

        var reply = await caller.PostAsync("2fa/2/applications", """{"name":"a"}""");

        Assert.Equal(status, (int)reply.Status);
    }

    [Theory]
    [InlineData(true, 7, "5m", false)]
    [InlineData(false, 7, "15m", true)]
    public async Task PutKeepsConfiguration_that_is_left_out(
        bool position,
        int attempts,
        string life,
        bool enabled
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { PutKeepsConfiguration = position }
        );
        await caller.CallAsync(HttpMethod.Put, Mine, """{"name":"a","enabled":false}""");

        var reply = await caller.CallAsync(
            HttpMethod.Put,
            Mine,
            """{"name":"a","configuration":{"pinAttempts":7}}"""
        );

        var configuration = reply.Json.GetProperty("configuration");
        Assert.Equal(attempts, configuration.GetProperty("pinAttempts").GetInt32());
        // The seeded life was reset by the first PUT already where that is the rule.
        Assert.Equal(life, configuration.GetProperty("pinTimeToLive").GetString());
        Assert.Equal(enabled, reply.Json.GetProperty("enabled").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EnabledWhenLeftOut_of_a_new_application(bool position)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { EnabledWhenLeftOut = position }
        );

        var reply = await caller.PostAsync("2fa/2/applications", """{"name":"a"}""");

        Assert.Equal(position, reply.Json.GetProperty("enabled").GetBoolean());
    }

    [Theory]
    [InlineData("""{"sendPinPerPhoneNumberLimit":"2/m"}""", "sendPinPerPhoneNumberLimit")]
    [InlineData("""{"pinTimeToLive":"h"}""", "pinTimeToLive")]
    public async Task LengthsMayLackNumber_or_must_have_it(string configuration, string property)
    {
        var body = $$"""{"name":"a","configuration":{{configuration}}}""";
        await using var lenient = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { LengthsMayLackNumber = true }
        );
        await using var strict = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { LengthsMayLackNumber = false }
        );

        var accepted = await lenient.CallAsync(HttpMethod.Put, Mine, body);
        var refused = await strict.CallAsync(HttpMethod.Put, Mine, body);

        Assert.Equal(HttpStatusCode.OK, accepted.Status);
        refused.AssertInvalid($"configuration.{property}");
    }

    [Theory]
    [InlineData("""{"verifyPinLimit":"1/2d"}""", "verifyPinLimit")]
    [InlineData("""{"pinAttempts":-1}""", "pinAttempts")]
    [InlineData("""{"pinTimeToLive":"soon"}""", "pinTimeToLive")]
    public async Task BadConfigurationRefused_or_taken_as_left_out(
        string configuration,
        string property
    )
    {
        var body = $$"""{"name":"Otp2fa","configuration":{{configuration}}}""";
        await using var strict = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { BadConfigurationRefused = true }
        );
        await using var lenient = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { BadConfigurationRefused = false }
        );
        var before = await lenient.CallAsync(HttpMethod.Get, Mine);

        var refused = await strict.CallAsync(HttpMethod.Put, Mine, body);
        var ignored = await lenient.CallAsync(HttpMethod.Put, Mine, body);

        refused.AssertInvalid($"configuration.{property}");
        Assert.Equal((HttpStatusCode.OK, before.Text), (ignored.Status, ignored.Text));
    }
}
