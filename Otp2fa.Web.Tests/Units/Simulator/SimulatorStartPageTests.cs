using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorStartPageTests
{
    [Fact]
    public async Task The_page_has_a_line_to_try_for_every_operation_and_never_the_key()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.GetAsync("");
        var page = await ParseAsync(reply);

        var lines = page.QuerySelectorAll(".route pre").Select(line => line.TextContent).ToList();
        Assert.Equal(Enum.GetValues<InfobipOperation>().Length, lines.Count);
        Assert.All(
            lines,
            line =>
                Assert.Contains($"'{caller.Host.BaseAddress}2fa/2/", line, StringComparison.Ordinal)
        );
        Assert.All(
            lines,
            line => Assert.Contains("\"Authorization: App $KEY\"", line, StringComparison.Ordinal)
        );
        Assert.Contains(
            lines,
            line =>
                line.Contains(
                    $"/applications/{SimulatorCaller.ApplicationId}/messages/{SimulatorCaller.MessageId}'",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain(SimulatorCaller.ApiKey, reply.Text, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='/phone']"));
    }

    [Fact]
    public async Task The_page_shows_where_every_switch_stands_now()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Assumptions = new SimulatorAssumptions { ResendCounts = false };

        var page = await ParseAsync(await caller.GetAsync(""));

        var switches = page.QuerySelectorAll("dt")
            .ToDictionary(
                term => term.QuerySelector("code")!.TextContent,
                term => term.QuerySelector("strong")!.TextContent
            );
        Assert.Equal(AssumptionSwitch.All.Count, switches.Count);
        Assert.Equal("false", switches["resend-counts"]);
        Assert.Equal("none", switches["retry-after"]);
    }

    [Fact]
    public async Task The_page_of_an_empty_simulator_says_so_and_names_the_blanks()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorOptions { ApiKey = SimulatorCaller.ApiKey }
        );

        var text = (await ParseAsync(await caller.GetAsync(""))).Body!.TextContent;

        Assert.Contains("It knows no application yet.", text, StringComparison.Ordinal);
        Assert.Contains("\"applicationId\":\"APPLICATION_ID\"", text, StringComparison.Ordinal);
        Assert.Contains("/pin/PIN_ID/verify", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_needs_no_script_and_says_what_faults_can_be_planned()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.GetAsync("");
        var page = await ParseAsync(reply);
        var style = await caller.GetAsync("simulator/start.css");

        Assert.Empty(page.QuerySelectorAll("script, style, [style], [onclick]"));
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Contains("/simulator/faults", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith(
            "default-src 'self'",
            Assert.Single(reply.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.Equal((HttpStatusCode.OK, "text/css"), (style.Status, style.MediaType));
        Assert.Contains("prefers-color-scheme: dark", style.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("simulator/switches")]
    public async Task A_name_that_merely_points_here_is_refused(string path)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = "rebound.example";

        using var response = await caller.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task<IDocument> ParseAsync(Reply reply)
    {
        Assert.Equal((HttpStatusCode.OK, "text/html"), (reply.Status, reply.MediaType));
        return await new HtmlParser().ParseDocumentAsync(reply.Text);
    }
}
