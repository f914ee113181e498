using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorPhoneTests
{
    [Fact]
    public async Task A_phone_without_messages_says_so_and_that_it_is_a_simulator()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var page = await PageAsync(caller, "phone");

        Assert.Contains("No messages yet.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            "simulator: nothing is sent anywhere",
            page.Body.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(page.QuerySelectorAll(".message"));
    }

    [Fact]
    public async Task Messages_are_shown_newest_first_with_sender_number_time_and_the_code_in_the_text()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        await caller.SentPinIdAsync();
        caller.Clock.Advance(TimeSpan.FromMinutes(1));
        await caller.SentPinIdAsync("447700900456");

        var page = await PageAsync(caller, "phone");

        var messages = page.QuerySelectorAll("li.message");
        Assert.Equal(
            ["447700900456", "447700900123"],
            messages.Select(message => message.GetAttribute("data-number"))
        );
        Assert.Contains(
            caller.Host.LatestPin("447700900123")!,
            messages[1].QuerySelector(".message-text")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal("Otp2fa", messages[1].QuerySelector(".message-sender")!.TextContent);
        Assert.Equal("1 Mar, 12:00:00", messages[1].QuerySelector("time")!.TextContent);
        Assert.Equal("1 Mar, 12:01:00", messages[0].QuerySelector("time")!.TextContent);
        Assert.Equal(
            ["/phone", "/phone/447700900456", "/phone/447700900123"],
            page.QuerySelectorAll("nav a").Select(link => link.GetAttribute("href"))
        );
    }

    [Theory]
    [InlineData("phone/447700900123")]
    [InlineData("phone/+447700900123")]
    [InlineData("phone/%2B447700900123")]
    [InlineData("phone/messages?number=447700900123")]
    [InlineData("phone/messages?number=+447700900123")]
    public async Task The_phone_of_one_number_shows_its_messages_only(string path)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        await caller.SentPinIdAsync();
        await caller.SentPinIdAsync("447700900456");

        var page = await PageAsync(caller, path);

        var message = Assert.Single(page.QuerySelectorAll("li.message"));
        Assert.Equal("447700900123", message.GetAttribute("data-number"));
        Assert.Equal(
            "/phone/447700900123",
            page.QuerySelector("a[aria-current=page]")!.GetAttribute("href")
        );
    }

    [Fact]
    public async Task Whatever_is_in_a_message_or_an_address_is_text_not_markup()
    {
        const string hostile = "<script>alert('x')</script>&amp;\"";
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.WithApplication(application =>
                application with
                {
                    Templates =
                    [
                        application.Templates[0] with
                        {
                            MessageText = hostile + "{{pin}}",
                            SenderId = "<b>\"Bank\"</b>",
                        },
                    ],
                }
            )
        );
        await caller.SentPinIdAsync();

        var page = await PageAsync(caller, "phone");
        var addressed = await PageAsync(caller, "phone/" + Uri.EscapeDataString("\"><script>1"));

        Assert.Equal(
            hostile + caller.Host.LatestPin(SimulatorCaller.Number),
            page.QuerySelector(".message-text")!.TextContent
        );
        Assert.Equal("<b>\"Bank\"</b>", page.QuerySelector(".message-sender")!.TextContent);
        Assert.Equal(
            "/phone/phone.js",
            Assert.Single(page.QuerySelectorAll("script")).GetAttribute("src")
        );
        Assert.Single(addressed.QuerySelectorAll("script"));
        Assert.Equal("Messages to \"><script>1", addressed.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task The_page_has_what_assistive_tools_and_browsers_without_script_need()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.GetAsync("phone");
        var page = await PageAsync(caller, "phone");

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.NotEmpty(page.Title!);
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector("[role=status]"));
        Assert.Contains(
            "width=device-width",
            page.QuerySelector("meta[name=viewport]")!.GetAttribute("content")
        );
        Assert.Contains(
            "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>",
            reply.Text,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "default-src 'self'",
            Assert.Single(reply.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.Empty(page.QuerySelectorAll("[style], [onclick], style, script:not([src])"));
    }

    [Theory]
    [InlineData("phone/phone.css", "text/css")]
    [InlineData("phone/phone.js", "text/javascript")]
    [InlineData("phone/phone.svg", "image/svg+xml")]
    public async Task The_files_of_the_page_come_from_the_simulator_itself(
        string path,
        string mediaType
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, mediaType), (reply.Status, reply.MediaType));
        Assert.NotEmpty(reply.Text);
    }

    [Fact]
    public async Task Scripts_read_the_messages_as_JSON()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        await caller.SentPinIdAsync();
        await caller.SentPinIdAsync("447700900456");

        var all = await caller.GetAsync("phone/messages.json");
        var one = await caller.GetAsync("phone/messages.json?number=%2B447700900123");

        Assert.Equal(2, all.Json.GetArrayLength());
        var message = Assert.Single(one.Json.EnumerateArray());
        Assert.Equal("447700900123", message.GetProperty("number").GetString());
        Assert.Equal("Otp2fa", message.GetProperty("sender").GetString());
        Assert.Equal(
            caller.Host.LatestPin("+447700900123"),
            message.GetProperty("pin").GetString()
        );
        Assert.Contains(
            message.GetProperty("pin").GetString()!,
            message.GetProperty("text").GetString()!
        );
        Assert.Equal(caller.Clock.GetUtcNow(), message.GetProperty("sentAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_call_is_told_from_a_message_on_the_page_and_in_its_JSON()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        await caller.PostAsync($"2fa/2/pin/{pinId}/resend/voice", "{}");

        var page = await PageAsync(caller, "phone");
        var json = await caller.GetAsync("phone/messages.json");

        var messages = page.QuerySelectorAll("li.message");
        Assert.Equal(
            ["call", "sms"],
            messages.Select(message => message.GetAttribute("data-kind"))
        );
        Assert.StartsWith(
            "Call Otp2fa to",
            messages[0].QuerySelector(".message-head")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Otp2fa to",
            messages[1].QuerySelector(".message-head")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["call", "sms"],
            json.Json.EnumerateArray().Select(one => one.GetProperty("kind").GetString())
        );
        Assert.Single(
            json.Json.EnumerateArray().Select(one => one.GetProperty("pin").GetString()).Distinct()
        );
    }

    [Fact]
    public async Task The_latest_pin_of_a_number_is_that_of_its_newest_message()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        await caller.SentPinIdAsync();
        var newest = await caller.SentPinIdAsync();
        await caller.SentPinIdAsync("447700900456");

        Assert.Equal(
            caller.Host.PinStore.Find(newest)!.Pin,
            caller.Host.LatestPin(SimulatorCaller.Number)
        );
        Assert.Null(caller.Host.LatestPin("447700900999"));
        caller.Host.Phone.Clear();
        Assert.Null(caller.Host.LatestPin(SimulatorCaller.Number));
    }

    private static async Task<IDocument> PageAsync(SimulatorCaller caller, string path)
    {
        var reply = await caller.GetAsync(path);
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        Assert.Equal("text/html", reply.MediaType);
        return await new HtmlParser().ParseDocumentAsync(reply.Text);
    }
}
