using System.Net;
using System.Text.Json;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorStatusTests
{
    [Theory]
    [InlineData("", "true,false,false")]
    [InlineData("&verified=true", "true")]
    [InlineData("&verified=false", "false,false")]
    [InlineData("&sent=true", "true,false")]
    [InlineData("&sent=false", "false")]
    [InlineData("&verified=true&sent=true", "true")]
    [InlineData("&verified=true&sent=false", "")]
    public async Task Filters_keep_what_they_name(string filter, string verified)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        await caller.VerifyRightAsync(await caller.SentPinIdAsync());
        await caller.SentPinIdAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.MessageNotSent());
        await caller.SentPinIdAsync();
        await caller.SentPinIdAsync("447700900456");

        var entries = Entries(await StatusAsync(caller, SimulatorCaller.Number + filter));

        Assert.Equal(
            verified,
            string.Join(',', entries.Select(entry => entry.GetProperty("verified").GetRawText()))
        );
        Assert.All(
            entries,
            entry => Assert.Equal(SimulatorCaller.Number, entry.GetProperty("msisdn").GetString())
        );
    }

    [Fact]
    public async Task An_entry_tells_when_it_was_sent_and_verified()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        var sentAt = caller.Clock.GetUtcNow().ToUnixTimeSeconds();
        caller.Clock.Advance(TimeSpan.FromSeconds(40));
        await caller.VerifyRightAsync(pinId);
        caller.Clock.Advance(TimeSpan.FromSeconds(40));
        await caller.SentPinIdAsync();

        var entries = Entries(await StatusAsync(caller, SimulatorCaller.Number));

        Assert.Equal(
            (sentAt, sentAt + 40),
            (
                entries[0].GetProperty("sentAt").GetInt64(),
                entries[0].GetProperty("verifiedAt").GetInt64()
            )
        );
        Assert.Equal(sentAt + 80, entries[1].GetProperty("sentAt").GetInt64());
        Assert.False(entries[1].TryGetProperty("verifiedAt", out _));
    }

    [Theory]
    [InlineData("447700900999")]
    [InlineData("+447700900999")]
    public async Task A_number_without_pins_has_an_empty_list(string number)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        Assert.Empty(Entries(await StatusAsync(caller, number)));
    }

    [Theory]
    [InlineData("?", "msisdn")]
    [InlineData("?msisdn=", "msisdn")]
    [InlineData("?msisdn=12345", "msisdn")]
    [InlineData("?msisdn=447700900123&verified=maybe", "verified")]
    [InlineData("?sent=1", "msisdn,sent")]
    public async Task What_breaks_a_rule_is_named(string query, string properties)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.CallAsync(
            HttpMethod.Get,
            $"2fa/2/applications/{SimulatorCaller.ApplicationId}/verifications{query}"
        );

        reply.AssertInvalid(properties.Split(','));
    }

    private static Task<Reply> StatusAsync(SimulatorCaller caller, string number) =>
        caller.CallAsync(
            HttpMethod.Get,
            $"2fa/2/applications/{SimulatorCaller.ApplicationId}/verifications?msisdn={number}"
        );

    private static List<JsonElement> Entries(Reply reply)
    {
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        return [.. reply.Json.GetProperty("verifications").EnumerateArray()];
    }
}
