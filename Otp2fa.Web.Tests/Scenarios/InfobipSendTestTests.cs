using System.Text.Json;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>The command <c>infobip send-test</c>: one code out, and back.</summary>
public sealed class InfobipSendTestTests
{
    private const string Number = "+44 7700 900123";
    private const string Digits = "447700900123";

    [Fact]
    public async Task A_code_that_comes_back_says_each_step_with_its_time_and_ends_with_0()
    {
        await using var site = await TestSite.StartAsync();

        var answer = await RunAsync(site, () => site.Infobip.LatestPin(Digits));

        Assert.Equal(0, answer.ExitCode);
        Snapshot.ShouldMatch("send-test", answer, site.Infobip);
        Assert.Equal((1, 1), (site.Sends, site.Verifies));
        var said = answer.Output + answer.Error;
        Assert.DoesNotContain(site.Infobip.LatestPin(Digits)!, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Digits, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_itself_sends_a_code_and_takes_it_back()
    {
        await using var site = await TestSite.StartInRealTimeAsync();

        var answer = await site.OperateInProcessAsync(
            async () =>
            {
                await site.EventuallyAsync(() =>
                    Task.FromResult(site.Infobip.LatestPin(Digits) is not null)
                );
                return site.Infobip.LatestPin(Digits)!;
            },
            "infobip",
            "send-test",
            "--simulator",
            Number
        );

        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.StartsWith("check: Verified", answer.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_ends_with_1()
    {
        await using var site = await TestSite.StartAsync();

        var answer = await RunAsync(
            site,
            () => site.Infobip.LatestPin(Digits) == "000000" ? "000001" : "000000"
        );

        Assert.Equal(1, answer.ExitCode);
        Assert.StartsWith("check: WrongPin", answer.Lines[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("", 1)]
    [InlineData("1234", 1)]
    public async Task What_is_no_code_is_not_asked_about(string? typed, int exit)
    {
        await using var site = await TestSite.StartAsync();

        var answer = await RunAsync(site, () => typed);

        Assert.Equal(exit, answer.ExitCode);
        Assert.Equal(0, site.Verifies);
        Assert.Contains(
            typed is null ? "nobody typed its code" : "infobip doctor",
            answer.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_number_that_is_none_costs_nothing()
    {
        await using var site = await TestSite.StartAsync();

        var answer = await RunAsync(site, () => null, number: "not a number");

        Assert.Equal((2, 0), (answer.ExitCode, site.Sends));
        Assert.Contains(
            "cannot be read as a phone number",
            answer.Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(401, "Misconfigured", "2fa:pin:send")]
    [InlineData(400, "Rejected", "infobip doctor")]
    [InlineData(429, "Throttled", "infobip doctor")]
    [InlineData(500, "Unavailable", "status page")]
    public async Task A_send_that_fails_says_why_and_ends_with_2(
        int status,
        string result,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync();
        site.Infobip.Faults.ForAll(InfobipOperation.SendPin, Fault.WithStatus(status));

        var answer = await RunAsync(site, () => null);

        Assert.Equal(2, answer.ExitCode);
        Assert.StartsWith($"send: {result} ", answer.Lines[2], StringComparison.Ordinal);
        Assert.Contains(sentence, answer.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_without_number_lookup_is_told_so()
    {
        await using var site = await TestSite.StartAsync();
        site.Infobip.Faults.ForNext(
            InfobipOperation.SendPin,
            Fault.AnsweredWith("""{"pinId":"PIN1","ncStatus":"NC_NOT_CONFIGURED"}""")
        );

        var answer = await RunAsync(site, () => null);

        Assert.StartsWith("send: Sent ", answer.Lines[2], StringComparison.Ordinal);
        Assert.Contains("has no Number Lookup", answer.Lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_gets_the_steps_as_JSON_and_nothing_else()
    {
        await using var site = await TestSite.StartAsync();

        var answer = await RunAsync(site, () => site.Infobip.LatestPin(Digits), more: "--json");

        Snapshot.ShouldMatch("send-test-json", answer, site.Infobip);
        var report = JsonDocument.Parse(answer.Output).RootElement;
        Assert.True(report.GetProperty("verified").GetBoolean());
        Assert.Equal(
            ["number", "send", "typed", "check"],
            report
                .GetProperty("steps")
                .EnumerateArray()
                .Select(step => step.GetProperty("step").GetString())
        );
    }

    private static Task<OperatorAnswer> RunAsync(
        TestSite site,
        Func<string?> answer,
        string number = Number,
        params string[] more
    ) =>
        site.OperateAsync(
            new AnsweringReader(answer),
            [],
            ["infobip", "send-test", "--simulator", number, .. more]
        );

    /// <summary>Somebody who reads the phone when asked.</summary>
    private sealed class AnsweringReader(Func<string?> answer) : TextReader
    {
        public override string? ReadLine() => answer();
    }
}
