using System.Net;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>One test per switch of sending, each with what happens in every position.</summary>
public sealed class SimulatorSendAssumptionTests
{
    [Theory]
    [InlineData(DisabledApplicationAnswer.BadRequest, 400)]
    [InlineData(DisabledApplicationAnswer.Forbidden, 403)]
    [InlineData(DisabledApplicationAnswer.Sends, 200)]
    public async Task DisabledApplication_decides_what_a_send_gets(
        DisabledApplicationAnswer position,
        int status
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(
            SimulatorCaller.WithApplication(application =>
                application with
                {
                    Enabled = false,
                }
            ) with
            {
                Assumptions = new() { DisabledApplication = position },
            }
        );

        var send = await caller.SendAsync();
        var voice = await caller.PostAsync("2fa/2/pin/voice", SimulatorCaller.SendBody());

        Assert.Equal((status, status), ((int)send.Status, (int)voice.Status));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData(true, HttpStatusCode.NotFound, "NOT_FOUND")]
    public async Task UnknownInBodyIsNotFound_for_application_and_template(
        bool position,
        HttpStatusCode status,
        string messageId
    )
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { UnknownInBodyIsNotFound = position }
        );

        foreach (
            var body in new[]
            {
                SimulatorCaller.SendBody(applicationId: "unknown"),
                SimulatorCaller.SendBody(messageId: "unknown"),
            }
        )
        {
            (await caller.PostSendAsync(body)).AssertLegacyError(status, messageId);
        }
    }

    [Fact]
    public async Task PlusSignAccepted_or_refused()
    {
        await using var lenient = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { PlusSignAccepted = true }
        );
        await using var strict = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { PlusSignAccepted = false }
        );

        var accepted = await lenient.SendAsync("+" + SimulatorCaller.Number);
        var refused = await strict.SendAsync("+" + SimulatorCaller.Number);

        Assert.Equal(SimulatorCaller.Number, accepted.Member("to"));
        refused.AssertInvalid("to");
    }

    [Fact]
    public async Task MissingPlaceholderRefused_or_sent_as_written()
    {
        await using var strict = await SimulatorCaller.StartAsync(WithName(refused: true));
        await using var lenient = await SimulatorCaller.StartAsync(WithName(refused: false));

        (await strict.SendAsync()).AssertInvalid("placeholders");
        await lenient.SentPinIdAsync();

        Assert.StartsWith(
            "{{name}}: ",
            Assert.Single(lenient.Host.Phone.Messages()).Text,
            StringComparison.Ordinal
        );

        static SimulatorOptions WithName(bool refused) =>
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
            ) with
            {
                Assumptions = new() { MissingPlaceholderRefused = refused },
            };
    }

    [Fact]
    public async Task PinPlaceholderRefused_or_ignored()
    {
        var body = SimulatorCaller.SendBody(more: ""","placeholders":{"pin":"1"}""");
        await using var strict = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { PinPlaceholderRefused = true }
        );
        await using var lenient = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { PinPlaceholderRefused = false }
        );

        var refused = await strict.PostSendAsync(body);
        var ignored = await lenient.PostSendAsync(body);

        refused.AssertInvalid("placeholders");
        var pin = lenient.Host.PinStore.Find(ignored.Member("pinId")!)!.Pin;
        Assert.StartsWith(
            $"{pin} is",
            Assert.Single(lenient.Host.Phone.Messages()).Text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "NC_DESTINATION_UNKNOWN")]
    public async Task NcStatusWithoutLookup_is_left_out_or_unknown(bool position, string? ncStatus)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { NcStatusWithoutLookup = position }
        );

        var reply = await caller.SendAsync(query: "?ncNeeded=false");

        Assert.Equal(
            (ncStatus, "MESSAGE_SENT"),
            (reply.Member("ncStatus"), reply.Member("smsStatus"))
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NotSentHasPinId_in_messages_and_calls(bool position)
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorAssumptions { NotSentHasPinId = position }
        );
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.NumberNotReachable());
        caller.Host.Faults.ForNext(
            InfobipOperation.SendPinByVoice,
            new Fault { CallStatus = "BAD_REQUEST" }
        );

        var send = await caller.SendAsync();
        var voice = await caller.PostAsync("2fa/2/pin/voice", SimulatorCaller.SendBody());

        Assert.Equal("MESSAGE_NOT_SENT", send.Member("smsStatus"));
        Assert.Equal(
            (position, position),
            (send.Member("pinId") is not null, voice.Member("pinId") is not null)
        );
    }
}
