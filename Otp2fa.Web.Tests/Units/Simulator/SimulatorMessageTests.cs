using System.Net;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorMessageTests
{
    private const string All = "2fa/2/applications/" + SimulatorCaller.ApplicationId + "/messages";

    private const string Mine = All + "/" + SimulatorCaller.MessageId;

    [Fact]
    public async Task A_template_comes_back_with_all_it_was_given()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var created = await caller.PostAsync(
            All,
            """
            {"messageText":"{{pin}} for {{name}}","pinType":"Alphanumeric","pinLength":7,"senderId":"Acme",
             "language":"PT_pt","voiceName":"Joana","speechRate":0.5,"repeatDTMF":"1#",
             "regional":{"indiaDlt":{"principalEntityId":"P","contentTemplateId":"C","teleMarketerId":"T"}}}
            """
        );
        var read = await caller.CallAsync(HttpMethod.Get, $"{All}/{created.Member("messageId")}");
        var listed = await caller.CallAsync(HttpMethod.Get, All);

        Assert.Equal(created.Text, read.Text);
        Assert.Equal(2, listed.Json.GetArrayLength());
        Assert.Equal(created.Text, listed.Json[1].GetRawText());
        Assert.Equal("ALPHANUMERIC", read.Member("pinType"));
        Assert.Equal("pt_pt", read.Member("language"));
        Assert.Equal("1#", read.Member("repeatDTMF"));
        Assert.Equal(7, read.Json.GetProperty("pinLength").GetInt32());
        Assert.Equal(0.5, read.Json.GetProperty("speechRate").GetDouble());
        Assert.Equal(
            "P",
            read.Json.GetProperty("regional")
                .GetProperty("indiaDlt")
                .GetProperty("principalEntityId")
                .GetString()
        );
    }

    [Fact]
    public async Task What_an_update_leaves_out_stays_as_it_was()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var before = await caller.CallAsync(HttpMethod.Get, Mine);

        var nothing = await caller.CallAsync(HttpMethod.Put, Mine, "{}");
        var longer = await caller.CallAsync(HttpMethod.Put, Mine, """{"pinLength":8}""");
        await caller.SentPinIdAsync();

        Assert.Equal(before.Text, nothing.Text);
        Assert.Equal(before.Member("messageText"), longer.Member("messageText"));
        Assert.Matches("^[0-9]{8}$", caller.Host.LatestPin(SimulatorCaller.Number));
    }

    [Theory]
    [InlineData("""{"messageText":"no code"}""", "messageText")]
    [InlineData("""{"messageText":""}""", "messageText")]
    [InlineData("""{"pinType":"DIGITS"}""", "pinType")]
    [InlineData("""{"language":"xx"}""", "language")]
    [InlineData("""{"pinLength":0}""", "pinLength")]
    [InlineData("""{"pinLength":33}""", "pinLength")]
    [InlineData("""{"speechRate":0.49}""", "speechRate")]
    [InlineData("""{"speechRate":2.01}""", "speechRate")]
    [InlineData("""{"regional":{"indiaDlt":{}}}""", "regional.indiaDlt.principalEntityId")]
    [InlineData(
        """{"regional":{"indiaDlt":{"principalEntityId":"1234567890123456789012345678901"}}}""",
        "regional.indiaDlt.principalEntityId"
    )]
    public async Task What_breaks_a_rule_is_named_and_changes_nothing(string body, string property)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var before = await caller.CallAsync(HttpMethod.Get, Mine);

        (await caller.CallAsync(HttpMethod.Put, Mine, body)).AssertInvalid(property);

        Assert.Equal(before.Text, (await caller.CallAsync(HttpMethod.Get, Mine)).Text);
    }

    [Theory]
    [InlineData("{}", "messageText,pinType")]
    [InlineData("""{"messageText":"{{pin}}"}""", "pinType")]
    [InlineData("""{"pinType":"NUMERIC"}""", "messageText")]
    [InlineData(
        """{"messageText":"x","pinType":"NO","speechRate":3}""",
        "messageText,pinType,speechRate"
    )]
    public async Task A_new_template_needs_its_text_and_the_type_of_its_pins(
        string body,
        string properties
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();

        (await caller.PostAsync(All, body)).AssertInvalid(properties.Split(','));

        Assert.Equal(1, (await caller.CallAsync(HttpMethod.Get, All)).Json.GetArrayLength());
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(2)]
    public async Task The_ends_of_the_range_of_speech_are_inside(double rate)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.CallAsync(
            HttpMethod.Put,
            Mine,
            FormattableString.Invariant($$"""{"speechRate":{{rate}}}""")
        );

        Assert.Equal(HttpStatusCode.OK, reply.Status);
    }

    [Fact]
    public async Task Parallel_partial_updates_all_take_effect()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        string[] changes =
        [
            """{"pinLength":9}""",
            """{"senderId":"Other"}""",
            """{"voiceName":"Joana"}""",
            """{"repeatDTMF":"2#"}""",
            """{"language":"de"}""",
        ];

        await Task.WhenAll(
            changes.Select(change => caller.CallAsync(HttpMethod.Put, Mine, change))
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(_ =>
                    caller.PostAsync(All, """{"messageText":"{{pin}}","pinType":"NUMERIC"}""")
                )
        );

        var read = await caller.CallAsync(HttpMethod.Get, Mine);
        Assert.Equal(9, read.Json.GetProperty("pinLength").GetInt32());
        Assert.Equal(
            ("Other", "Joana", "2#", "de"),
            (
                read.Member("senderId"),
                read.Member("voiceName"),
                read.Member("repeatDTMF"),
                read.Member("language")
            )
        );
        Assert.Equal(11, (await caller.CallAsync(HttpMethod.Get, All)).Json.GetArrayLength());
    }
}
