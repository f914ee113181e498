using System.Net;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorAccountLimitTests
{
    private const string All = "2fa/2/applications";
    private const string Mine = All + "/" + SimulatorCaller.ApplicationId;
    private const string Body = """{"name":"a","enabled":true}""";

    [Theory]
    [InlineData("GET", All, null, 50)]
    [InlineData("POST", All, Body, 20)]
    [InlineData("GET", Mine, null, 100)]
    [InlineData("PUT", Mine, Body, 40)]
    public async Task The_published_limit_holds_for_ten_minutes_and_for_its_operation_alone(
        string method,
        string path,
        string? body,
        int limit
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, limit + 5).Select(_ => CallAsync()));
        caller.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        var early = await CallAsync();
        caller.Clock.Advance(TimeSpan.FromSeconds(1));
        var inTime = await CallAsync();
        var other = await caller.CallAsync(HttpMethod.Get, Mine + "/messages");

        Assert.Equal(5, replies.Count(reply => reply.Status == HttpStatusCode.TooManyRequests));
        early.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        Assert.True(inTime.Status < HttpStatusCode.BadRequest, inTime.Text);
        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.Equal(6, caller.Host.Calls.All.Count(call => call.Outcome == CallOutcome.Throttled));

        Task<Reply> CallAsync() => caller.CallAsync(new HttpMethod(method), path, body);
    }

    [Fact]
    public async Task Operations_without_a_published_limit_have_none()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 120)
                .Select(_ => caller.CallAsync(HttpMethod.Get, Mine + "/messages"))
        );

        Assert.All(replies, reply => Assert.Equal(HttpStatusCode.OK, reply.Status));
    }

    [Fact]
    public async Task A_call_with_the_wrong_key_counts_towards_no_limit()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        for (var index = 0; index < 25; index++)
        {
            await caller.CallAsync(HttpMethod.Post, All, Body, "App wrong");
        }

        Assert.Equal(
            HttpStatusCode.Created,
            (await caller.CallAsync(HttpMethod.Post, All, Body)).Status
        );
        Assert.Equal(
            25,
            caller.Host.Calls.Count(InfobipOperation.CreateApplication, CallOutcome.Unauthorized)
        );
    }
}
