using System.Net;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.InfobipSimulator.Phone;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorResendTests
{
    [Theory]
    [InlineData("resend", InfobipOperation.ResendPin)]
    [InlineData("resend/voice", InfobipOperation.ResendPinByVoice)]
    public async Task A_resend_brings_the_same_pin_under_the_same_id(
        string way,
        InfobipOperation operation
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();

        var reply = await caller.PostAsync($"2fa/2/pin/{pinId}/{way}", "{}");

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(pinId, reply.Member("pinId"));
        Assert.Equal(SimulatorCaller.Number, reply.Member("to"));
        Assert.Equal(1, caller.Host.PinStore.Count);
        Assert.Single(caller.Host.Phone.Messages().Select(message => message.Pin).Distinct());
        Assert.Equal(2, caller.Host.Phone.Messages().Count);
        Assert.Equal(1, caller.Host.Calls.Count(operation, CallOutcome.Sent));
    }

    [Fact]
    public async Task A_resend_keeps_the_sender_of_the_first_message()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var sent = await caller.PostSendAsync(SimulatorCaller.SendBody(more: ",\"from\":\"Acme\""));

        await caller.ResendAsync(sent.Member("pinId")!);

        Assert.All(caller.Host.Phone.Messages(), message => Assert.Equal("Acme", message.Sender));
    }

    [Fact]
    public async Task A_template_with_placeholders_of_its_own_needs_them_again()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.WithApplication(application =>
                application with
                {
                    Templates =
                    [
                        application.Templates[0] with
                        {
                            MessageText = "{{name}}: {{pin}}",
                        },
                    ],
                }
            )
        );
        var sent = await caller.PostSendAsync(
            SimulatorCaller.SendBody(more: ""","placeholders":{"name":"Ann"}""")
        );
        var pinId = sent.Member("pinId")!;

        (await caller.ResendAsync(pinId)).AssertInvalid("placeholders");
        await caller.ResendAsync(pinId, """{"placeholders":{"name":"Bob"}}""");

        Assert.StartsWith("Bob: ", caller.Host.Phone.Messages()[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_limit_per_number_counts_sends_and_resends_of_every_channel()
    {
        await using var caller = await SimulatorCaller.StartAsync(Limited("3/1m"));
        var pinId = await caller.SentPinIdAsync();
        await caller.ResendAsync(pinId);
        await caller.PostAsync($"2fa/2/pin/{pinId}/resend/voice", "{}");

        var send = await caller.SendAsync();
        var voice = await caller.PostAsync("2fa/2/pin/voice", SimulatorCaller.SendBody());
        var resend = await caller.ResendAsync(pinId);
        caller.Clock.Advance(TimeSpan.FromSeconds(59));
        var early = await caller.ResendAsync(pinId);
        caller.Clock.Advance(TimeSpan.FromSeconds(1));
        var inTime = await caller.ResendAsync(pinId);

        Assert.All(
            [send, voice, resend, early],
            reply => reply.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS")
        );
        Assert.Equal(HttpStatusCode.OK, inTime.Status);
    }

    [Fact]
    public async Task Parallel_resends_pass_exactly_as_many_as_the_limit_allows()
    {
        await using var caller = await SimulatorCaller.StartAsync(Limited("10/1m"));
        var pinId = await caller.SentPinIdAsync();

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => caller.ResendAsync(pinId))
        );

        Assert.Equal(9, replies.Count(reply => reply.Status == HttpStatusCode.OK));
        Assert.Equal(10, caller.Host.Phone.Messages().Count);
    }

    [Fact]
    public async Task A_live_pin_is_resent_one_second_before_its_end_and_no_later()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        caller.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));

        var live = await caller.ResendAsync(pinId);
        caller.Clock.Advance(TimeSpan.FromSeconds(1));
        var expired = await caller.ResendAsync(pinId);

        Assert.Equal(HttpStatusCode.OK, live.Status);
        expired.AssertLegacyError(HttpStatusCode.NotFound, "NOT_FOUND");
        (await caller.VerifyRightAsync(pinId)).AssertVerdict(verified: false, 5, "TTL_EXPIRED");
    }

    [Fact]
    public async Task A_disabled_application_resends_nothing_either()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        await caller.CallAsync(
            HttpMethod.Put,
            $"2fa/2/applications/{SimulatorCaller.ApplicationId}",
            """{"name":"a","enabled":false}"""
        );

        (await caller.ResendAsync(pinId)).AssertLegacyError(
            HttpStatusCode.BadRequest,
            "BAD_REQUEST"
        );
    }

    [Fact]
    public async Task Faults_of_a_message_apply_to_its_resend()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        caller.Host.Faults.ForNext(InfobipOperation.ResendPin, Fault.NumberNotReachable());
        caller.Host.Faults.ForNext(InfobipOperation.ResendPin, Fault.MessageNotSent());

        var unreachable = await caller.ResendAsync(pinId);
        var notSent = await caller.ResendAsync(pinId);

        Assert.Equal("NC_NOT_REACHABLE", unreachable.Member("ncStatus"));
        Assert.Equal("MESSAGE_NOT_SENT", unreachable.Member("smsStatus"));
        Assert.Equal("MESSAGE_NOT_SENT", notSent.Member("smsStatus"));
        Assert.Single(caller.Host.Phone.Messages());
    }

    [Fact]
    public async Task A_call_is_on_the_phone_with_its_pin_read_out()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.PostAsync("2fa/2/pin/voice", SimulatorCaller.SendBody());

        Assert.Equal("PENDING_ACCEPTED", reply.Member("callStatus"));
        Assert.False(reply.Json.TryGetProperty("smsStatus", out _));
        var call = Assert.Single(caller.Host.Phone.Messages());
        Assert.Equal(PhoneMessageKind.Call, call.Kind);
        Assert.StartsWith(
            string.Join(", ", call.Pin!.ToCharArray()) + " is your",
            call.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(call.Pin, caller.Host.LatestPin(SimulatorCaller.Number));
        Assert.Equal(call.Pin, caller.Host.PinStore.Find(reply.Member("pinId")!)!.Pin);
    }

    [Theory]
    [InlineData("PROCESSING", 1)]
    [InlineData("MESSAGE_SENT", 1)]
    [InlineData("BAD_REQUEST", 0)]
    [InlineData("ANSWERED_MACHINE", 0)]
    public async Task A_call_that_reaches_nobody_is_not_on_the_phone(string callStatus, int calls)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(
            InfobipOperation.SendPinByVoice,
            new Fault { CallStatus = callStatus }
        );

        var reply = await caller.PostAsync("2fa/2/pin/voice", SimulatorCaller.SendBody());

        Assert.Equal((HttpStatusCode.OK, callStatus), (reply.Status, reply.Member("callStatus")));
        Assert.Equal(calls, caller.Host.Phone.Messages().Count);
    }

    private static Otp2fa.InfobipSimulator.SimulatorOptions Limited(string limit) =>
        SimulatorCaller.Configured(rules =>
            rules with
            {
                SendPinPerPhoneNumberLimit = RateLimit.Parse(limit),
            }
        );
}
