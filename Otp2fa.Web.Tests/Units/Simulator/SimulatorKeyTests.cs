using System.Net;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorKeyTests
{
    private const string Application = "2fa/2/applications/" + SimulatorCaller.ApplicationId;

    private static SimulatorOptions WithKeys =>
        SimulatorCaller.Seeded with
        {
            AdditionalKeys =
            [
                new SimulatorKey("sender", [InfobipScope.SendPin]),
                new SimulatorKey("manager", [InfobipScope.Manage]),
                new SimulatorKey("stranger", []),
            ],
        };

    /// <summary>Method, path, and whether the scope for sending is enough.</summary>
    public static TheoryData<string, string, bool> Operations =>
        new()
        {
            { "GET", "2fa/2/applications", false },
            { "POST", "2fa/2/applications", false },
            { "GET", Application, false },
            { "PUT", Application, false },
            { "GET", Application + "/messages", false },
            { "POST", Application + "/messages", false },
            { "GET", Application + "/messages/" + SimulatorCaller.MessageId, false },
            { "PUT", Application + "/messages/" + SimulatorCaller.MessageId, false },
            { "POST", "2fa/2/pin", true },
            { "POST", "2fa/2/pin/voice", true },
            { "POST", "2fa/2/pin/1/resend", true },
            { "POST", "2fa/2/pin/1/resend/voice", true },
            { "POST", "2fa/2/pin/1/verify", true },
            { "GET", Application + "/verifications", true },
        };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_key_is_forbidden_what_none_of_its_scopes_allows(
        string method,
        string path,
        bool sending
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(WithKeys);

        var sender = await CallAsync("sender");
        var manager = await CallAsync("manager");
        var stranger = await CallAsync("stranger");

        Assert.NotEqual(HttpStatusCode.Forbidden, manager.Status);
        stranger.AssertLegacyError(HttpStatusCode.Forbidden, "FORBIDDEN");
        if (sending)
        {
            Assert.NotEqual(HttpStatusCode.Forbidden, sender.Status);
        }
        else
        {
            sender.AssertLegacyError(HttpStatusCode.Forbidden, "FORBIDDEN");
        }

        Assert.Equal(
            sending ? 1 : 2,
            caller.Host.Calls.All.Count(call => call.Outcome == CallOutcome.Forbidden)
        );

        Task<Reply> CallAsync(string key) =>
            caller.CallAsync(
                new HttpMethod(method),
                path,
                method == "GET" ? null : "{}",
                "App " + key
            );
    }

    [Theory]
    [InlineData("")]
    [InlineData(SimulatorCaller.ApiKey)]
    public async Task A_blank_key_and_one_that_is_there_twice_do_not_start(string key)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() =>
            SimulatorCaller.StartAsync(
                SimulatorCaller.Seeded with
                {
                    AdditionalKeys = [new SimulatorKey(key, [InfobipScope.Manage])],
                }
            )
        );
    }

    [Fact]
    public void A_key_is_not_in_its_text()
    {
        Assert.DoesNotContain(
            "secret",
            new SimulatorKey("secret", [InfobipScope.SendPin]).ToString(),
            StringComparison.Ordinal
        );
    }
}
