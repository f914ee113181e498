using System.Text;
using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Infobip;

[Trait("Covers", "R34")]
public sealed class FaultTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    // Far above the time-out, far below what the far end would take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> QuickFaults => [.. UpstreamFaults.Quick.Keys];

    public static TheoryData<string> SlowFaults => [.. UpstreamFaults.Slow.Keys];

    [Fact]
    public async Task Given_no_fault_When_called_Then_the_answer_that_the_faults_spoil_is_a_success()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, UpstreamFaults.Good)
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        Assert.Equal(PinSendStatus.Sent, (await infobip.SendAsync()).Status);
        Assert.Equal(PinVerifyStatus.Verified, (await infobip.VerifyAsync()).Status);
    }

    [Theory]
    [MemberData(nameof(QuickFaults))]
    public async Task Given_a_fault_When_called_Then_the_provider_is_unavailable_after_one_request(
        string fault
    )
    {
        await using var upstream = new ScriptedUpstream(UpstreamFaults.Quick[fault]);
        await using var infobip = new InfobipSetup(upstream.Address);

        Assert.All(
            await SendEveryWayAsync(infobip),
            sent => Assert.Equal(new PinSendAnswer(PinSendStatus.Unavailable), sent)
        );
        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.Unavailable), await infobip.VerifyAsync());
        Assert.Equal(5, upstream.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(SlowFaults))]
    public async Task Given_a_slow_far_end_When_called_Then_the_time_out_covers_headers_and_body(
        string fault
    )
    {
        await using var upstream = new ScriptedUpstream(UpstreamFaults.Slow[fault]);
        await using var infobip = new InfobipSetup(upstream.Address, o => o.Timeout = Short);

        var sent = await Task.WhenAll(
                infobip.SendAsync(),
                infobip.SendAsync(PinChannel.Voice),
                infobip.ResendAsync(),
                infobip.ResendAsync(channel: PinChannel.Voice)
            )
            .WaitAsync(Patience);
        var verified = await infobip.VerifyAsync().WaitAsync(Patience);

        Assert.All(
            sent,
            answer => Assert.Equal(new PinSendAnswer(PinSendStatus.Unavailable), answer)
        );
        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.Unavailable), verified);
        Assert.Equal(5, upstream.Requests.Count);
    }

    [Fact]
    public async Task Given_a_refused_connection_When_called_Then_the_provider_is_unavailable()
    {
        await using var upstream = new ScriptedUpstream(UpstreamScripts.HangUp());
        await upstream.StopAsync();
        await using var infobip = new InfobipSetup(upstream.Address);

        Assert.All(
            await SendEveryWayAsync(infobip),
            sent => Assert.Equal(new PinSendAnswer(PinSendStatus.Unavailable), sent)
        );
        Assert.Equal(new PinVerifyAnswer(PinVerifyStatus.Unavailable), await infobip.VerifyAsync());
    }

    [Fact]
    public async Task Given_a_far_end_without_TLS_When_called_by_https_Then_nothing_readable_goes_out()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, UpstreamFaults.Good)
        );
        var address = new UriBuilder(upstream.Address) { Scheme = Uri.UriSchemeHttps }.Uri;
        await using var infobip = new InfobipSetup(address, o => o.Timeout = Short);

        Assert.Equal(PinSendStatus.Unavailable, (await infobip.SendAsync()).Status);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Given_a_kept_connection_that_breaks_When_called_Then_the_request_is_not_repeated()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, UpstreamFaults.Good)
        );
        await using var infobip = new InfobipSetup(upstream.Address);
        await infobip.SendAsync();
        upstream.Next(UpstreamScripts.HangUp());

        var answer = await infobip.SendAsync();

        Assert.Equal(PinSendStatus.Unavailable, answer.Status);
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task Given_a_cookie_When_called_again_Then_it_is_not_sent_back()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, UpstreamFaults.Good, "Set-Cookie: a=b; Path=/")
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        await infobip.SendAsync();
        await infobip.SendAsync();

        Assert.All(upstream.Requests, request => Assert.Null(request.Header("Cookie")));
    }

    [Fact]
    public async Task Given_a_byte_order_mark_When_called_Then_the_answer_is_read()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Reply(
                200,
                [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(UpstreamFaults.Good)],
                "Content-Type: application/json; charset=utf-8"
            )
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        Assert.Equal(PinSendStatus.Sent, (await infobip.SendAsync()).Status);
        Assert.Equal(PinVerifyStatus.Verified, (await infobip.VerifyAsync()).Status);
    }

    [Fact]
    public async Task Given_no_content_type_When_called_Then_JSON_is_read_all_the_same()
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Reply(200, Encoding.UTF8.GetBytes(UpstreamFaults.Good))
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        Assert.Equal(PinVerifyStatus.Verified, (await infobip.VerifyAsync()).Status);
    }

    [Fact]
    public async Task Given_an_answer_of_exactly_the_cap_When_called_Then_it_is_read_and_one_byte_more_is_not()
    {
        const int Cap = 1024;
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Json(200, UpstreamFaults.Good.PadRight(Cap))
        );
        await using var infobip = new InfobipSetup(upstream.Address, o => o.MaxResponseBytes = Cap);

        var atCap = await infobip.VerifyAsync();
        upstream.Next(UpstreamScripts.Json(200, UpstreamFaults.Good.PadRight(Cap + 1)));
        var overCap = await infobip.VerifyAsync();

        Assert.Equal(PinVerifyStatus.Verified, atCap.Status);
        Assert.Equal(PinVerifyStatus.Unavailable, overCap.Status);
    }

    [Theory]
    [InlineData(401, PinVerifyStatus.Misconfigured)]
    [InlineData(429, PinVerifyStatus.Throttled)]
    public async Task Given_a_status_that_says_it_all_When_its_body_breaks_off_Then_the_status_still_counts(
        int status,
        PinVerifyStatus expected
    )
    {
        await using var upstream = new ScriptedUpstream(
            UpstreamScripts.Raw($"HTTP/1.1 {status} No\r\nContent-Length: 1000\r\n\r\n{{")
        );
        await using var infobip = new InfobipSetup(upstream.Address);

        var answer = await infobip.VerifyAsync();

        Assert.Equal(new PinVerifyAnswer(expected), answer);
    }

    /// <summary>A new PIN and the same one again, by message and by call.</summary>
    private static async Task<PinSendAnswer[]> SendEveryWayAsync(InfobipSetup infobip) =>
        [
            await infobip.SendAsync(),
            await infobip.SendAsync(PinChannel.Voice),
            await infobip.ResendAsync(),
            await infobip.ResendAsync(channel: PinChannel.Voice),
        ];
}
