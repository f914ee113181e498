using System.Net;
using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorApplicationTests
{
    private const string Mine = "2fa/2/applications/" + SimulatorCaller.ApplicationId;

    [Fact]
    public async Task A_new_application_has_the_documented_defaults_for_what_is_left_out()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var created = await CreateAsync(
            caller,
            """{"name":"New","configuration":{"pinAttempts":3}}"""
        );
        var read = await caller.CallAsync(
            HttpMethod.Get,
            $"2fa/2/applications/{created.Member("applicationId")}"
        );

        Assert.Equal(created.Text, read.Text);
        Assert.Matches("^[0-9A-F]{32}$", read.Member("applicationId"));
        Assert.True(read.Json.GetProperty("enabled").GetBoolean());
        var configuration = read.Json.GetProperty("configuration");
        Assert.Equal(3, configuration.GetProperty("pinAttempts").GetInt32());
        Assert.True(configuration.GetProperty("allowMultiplePinVerifications").GetBoolean());
        Assert.Equal("15m", configuration.GetProperty("pinTimeToLive").GetString());
        Assert.Equal("1/3s", configuration.GetProperty("verifyPinLimit").GetString());
        Assert.Equal("3/1d", configuration.GetProperty("sendPinPerPhoneNumberLimit").GetString());
        Assert.Equal(
            "10000/1d",
            configuration.GetProperty("sendPinPerApplicationLimit").GetString()
        );
    }

    [Fact]
    public async Task Applications_are_listed_in_the_order_in_which_they_came()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        await CreateAsync(caller, """{"name":"Second"}""");
        await CreateAsync(caller, """{"name":"Third"}""");

        var listed = await caller.CallAsync(HttpMethod.Get, "2fa/2/applications");

        Assert.Equal(
            ["Otp2fa", "Second", "Third"],
            listed.Json.EnumerateArray().Select(one => one.GetProperty("name").GetString())
        );
    }

    [Theory]
    [InlineData("""{"name":" "}""", "name")]
    [InlineData("""{"name":null,"enabled":true}""", "name")]
    [InlineData("""{"name":"a","configuration":{"pinAttempts":0}}""", "configuration.pinAttempts")]
    [InlineData(
        """{"name":"a","configuration":{"pinTimeToLive":"5 min"}}""",
        "configuration.pinTimeToLive"
    )]
    [InlineData(
        """{"name":"a","configuration":{"pinTimeToLive":"366d"}}""",
        "configuration.pinTimeToLive"
    )]
    [InlineData(
        """{"name":"a","configuration":{"verifyPinLimit":"1/25h"}}""",
        "configuration.verifyPinLimit"
    )]
    [InlineData(
        """{"name":"a","configuration":{"sendPinPerPhoneNumberLimit":"3"}}""",
        "configuration.sendPinPerPhoneNumberLimit"
    )]
    [InlineData(
        """{"configuration":{"sendPinPerApplicationLimit":"0/d"}}""",
        "name,configuration.sendPinPerApplicationLimit"
    )]
    public async Task What_breaks_a_rule_is_named_when_creating_and_when_updating(
        string body,
        string properties
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var before = await caller.CallAsync(HttpMethod.Get, "2fa/2/applications");

        (await CreateAsync(caller, body)).AssertInvalid(properties.Split(','));
        (await caller.CallAsync(HttpMethod.Put, Mine, body)).AssertInvalid(properties.Split(','));

        Assert.Equal(
            before.Text,
            (await caller.CallAsync(HttpMethod.Get, "2fa/2/applications")).Text
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"name":1}""")]
    [InlineData("""{"name":"a","configuration":{"pinAttempts":"5"}}""")]
    public async Task A_body_that_is_no_JSON_of_the_right_types_is_refused(string body)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var created = await CreateAsync(caller, body);
        var updated = await caller.CallAsync(HttpMethod.Put, Mine, body);

        created.AssertLegacyError(HttpStatusCode.BadRequest, "BAD_REQUEST");
        updated.AssertLegacyError(HttpStatusCode.BadRequest, "BAD_REQUEST");
    }

    [Fact]
    public async Task Limits_with_omitted_lengths_are_kept_as_written_and_enforced()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var updated = await caller.CallAsync(
            HttpMethod.Put,
            Mine,
            """{"name":"a","configuration":{"sendPinPerPhoneNumberLimit":"2/m","pinTimeToLive":"h"}}"""
        );
        await caller.SentPinIdAsync();
        var last = await caller.SentPinIdAsync();
        var third = await caller.SendAsync();
        caller.Clock.Advance(TimeSpan.FromSeconds(59));
        var early = await caller.SendAsync();
        caller.Clock.Advance(TimeSpan.FromSeconds(1));
        var inTime = await caller.SendAsync();

        Assert.Equal(
            "2/m",
            updated
                .Json.GetProperty("configuration")
                .GetProperty("sendPinPerPhoneNumberLimit")
                .GetString()
        );
        Assert.Equal(
            [429, 429, 200],
            new[] { third, early, inTime }.Select(reply => (int)reply.Status)
        );
        Assert.Equal(
            TimeSpan.FromHours(1),
            caller.Host.PinStore.Find(last)!.ExpiresAt - caller.Host.PinStore.Find(last)!.SentAt
        );
    }

    [Fact]
    public async Task An_application_that_is_switched_off_sends_nothing_until_it_is_on_again()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        await caller.CallAsync(HttpMethod.Put, Mine, """{"name":"a","enabled":false}""");
        var refused = await caller.SendAsync();
        await caller.CallAsync(HttpMethod.Put, Mine, """{"name":"a","enabled":true}""");

        refused.AssertLegacyError(HttpStatusCode.BadRequest, "BAD_REQUEST");
        await caller.SentPinIdAsync();
    }

    [Fact]
    public async Task Parallel_creations_all_exist_and_have_ids_of_their_own()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var created = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(index => CreateAsync(caller, $$"""{"name":"{{index}}"}"""))
        );
        var listed = await caller.CallAsync(HttpMethod.Get, "2fa/2/applications");

        Assert.All(created, reply => Assert.Equal(HttpStatusCode.Created, reply.Status));
        Assert.Equal(20, created.Select(reply => reply.Member("applicationId")).Distinct().Count());
        Assert.Equal(21, listed.Json.GetArrayLength());
        Assert.Equal(20, caller.Host.Calls.Count(InfobipOperation.CreateApplication));
    }

    private static Task<Reply> CreateAsync(SimulatorCaller caller, string body) =>
        caller.PostAsync("2fa/2/applications", body);
}
