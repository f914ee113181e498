using System.Net;
using System.Text;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Faults;

namespace Otp2fa.Web.Tests.Units.Simulator;

public sealed class SimulatorFaultTests
{
    [Fact]
    public async Task A_fault_for_a_number_of_calls_is_met_by_those_and_no_more()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(503), calls: 2);

        var statuses = new List<HttpStatusCode>();
        for (var index = 0; index < 3; index++)
        {
            statuses.Add((await caller.SendAsync()).Status);
        }

        Assert.Equal(
            [
                HttpStatusCode.ServiceUnavailable,
                HttpStatusCode.ServiceUnavailable,
                HttpStatusCode.OK,
            ],
            statuses
        );
        Assert.Empty(caller.Host.Faults.Planned);
        Assert.Equal(2, caller.Host.Calls.Count(InfobipOperation.SendPin, CallOutcome.NotReached));
        Assert.Equal(1, caller.Host.PinStore.Count);
    }

    [Fact]
    public async Task A_fault_for_all_calls_lasts_until_cleared_and_gives_way_to_those_for_some()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForAll(InfobipOperation.SendPin, Fault.WithStatus(500));
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(429));

        var first = await caller.SendAsync();
        var second = await caller.SendAsync();
        var third = await caller.SendAsync();
        caller.Host.Faults.Clear(InfobipOperation.SendPin);
        var fourth = await caller.SendAsync();

        Assert.Equal(
            [429, 500, 500, 200],
            new[] { first, second, third, fourth }.Select(reply => (int)reply.Status)
        );
    }

    [Fact]
    public async Task A_fault_of_one_operation_leaves_the_other_alone_and_the_wrong_key_uses_none_up()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.VerifyPin, Fault.WithStatus(500));

        var pinId = await caller.SentPinIdAsync();
        var unauthorized = await caller.PostAsync($"2fa/2/pin/{pinId}/verify", "{}", "App wrong");
        var faulty = await caller.VerifyWrongAsync(pinId);

        Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.Status);
        faulty.AssertLegacyError(HttpStatusCode.InternalServerError, "GENERAL_ERROR");
        Assert.Equal(5, caller.Host.PinStore.Find(pinId)!.AttemptsRemaining);
    }

    [Theory]
    [InlineData(400, "BAD_REQUEST", "E400")]
    [InlineData(401, "UNAUTHORIZED", "E401")]
    [InlineData(403, "FORBIDDEN", "E403")]
    [InlineData(404, "NOT_FOUND", "E404")]
    [InlineData(429, "TOO_MANY_REQUESTS", "E429")]
    [InlineData(500, "GENERAL_ERROR", "E500")]
    [InlineData(503, "0", "0")]
    public async Task A_status_comes_with_its_identifier_in_either_envelope(
        int status,
        string messageId,
        string errorCode
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(status));
        caller.Host.Faults.ForNext(
            InfobipOperation.SendPin,
            Fault.WithStatus(status, ErrorEnvelope.Platform)
        );

        var legacy = await caller.SendAsync();
        var platform = await caller.SendAsync();

        legacy.AssertLegacyError((HttpStatusCode)status, messageId);
        Assert.Equal((HttpStatusCode)status, platform.Status);
        Assert.Equal(errorCode, platform.Member("errorCode"));
    }

    /// <summary>The name in the control addresses, and a call of the operation.</summary>
    public static TheoryData<string, string, string> Operations =>
        new()
        {
            { "send", "POST", "2fa/2/pin" },
            { "verify", "POST", "2fa/2/pin/1/verify" },
            { "resend", "POST", "2fa/2/pin/1/resend" },
            { "voice", "POST", "2fa/2/pin/voice" },
            { "resend-voice", "POST", "2fa/2/pin/1/resend/voice" },
            { "status", "GET", "2fa/2/applications/1/verifications" },
            { "applications-list", "GET", "2fa/2/applications" },
            { "applications-create", "POST", "2fa/2/applications" },
            { "application-read", "GET", "2fa/2/applications/1" },
            { "application-update", "PUT", "2fa/2/applications/1" },
            { "messages-list", "GET", "2fa/2/applications/1/messages" },
            { "message-create", "POST", "2fa/2/applications/1/messages" },
            { "message-read", "GET", "2fa/2/applications/1/messages/1" },
            { "message-update", "PUT", "2fa/2/applications/1/messages/1" },
        };

    [Fact]
    public void Every_operation_has_a_row()
    {
        Assert.Equal(Enum.GetValues<InfobipOperation>().Length, Operations.Count);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Every_operation_meets_the_fault_planned_under_its_name(
        string name,
        string method,
        string path
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();
        await caller.PostAsync(
            "simulator/faults",
            $$$"""{"operation":"{{{name}}}","calls":1,"fault":{"status":503,"retryAfter":"9"}}"""
        );
        await caller.PostAsync(
            "simulator/faults",
            $$$"""{"operation":"{{{name}}}","calls":1,"fault":{"abort":true}}"""
        );

        var faulty = await caller.CallAsync(new HttpMethod(method), path);
        await Assert.ThrowsAsync<HttpRequestException>(() =>
            caller.CallAsync(new HttpMethod(method), path)
        );
        var counts = await caller.GetAsync("simulator/calls");

        faulty.AssertLegacyError(HttpStatusCode.ServiceUnavailable, "0");
        Assert.Equal("9", Assert.Single(faulty.Headers.GetValues("Retry-After")));
        Assert.Equal(2, counts.Json.GetProperty("counts").GetProperty(name).GetInt32());
    }

    [Fact]
    public async Task An_identifier_of_ones_own_replaces_the_usual()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(
            InfobipOperation.SendPin,
            Fault.WithStatus(403) with
            {
                MessageId = "UNAUTHORIZED",
            }
        );

        (await caller.SendAsync()).AssertLegacyError(HttpStatusCode.Forbidden, "UNAUTHORIZED");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("7")]
    [InlineData("Sun, 01 Mar 2026 12:00:30 GMT")]
    public async Task Throttling_comes_with_or_without_Retry_After(string? retryAfter)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.Throttled(retryAfter));

        var reply = await caller.SendAsync();

        reply.AssertLegacyError(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
        Assert.Equal(
            retryAfter,
            reply.Headers.TryGetValues("Retry-After", out var values) ? Assert.Single(values) : null
        );
    }

    [Fact]
    public async Task Bodies_of_any_kind_replace_the_answer_and_the_operation()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.MalformedBody());
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.EmptyBody());
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.HtmlBody());
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.HugeBody(3_000_000));
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.EmptyBody(204));

        var malformed = await caller.SendAsync();
        var empty = await caller.SendAsync();
        var html = await caller.SendAsync();
        var huge = await caller.SendAsync();
        var nothing = await caller.SendAsync();

        Assert.Equal((HttpStatusCode.OK, "{\"pinId\":\""), (malformed.Status, malformed.Text));
        Assert.Equal((HttpStatusCode.OK, "", null), (empty.Status, empty.Text, empty.MediaType));
        Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (html.Status, html.MediaType));
        Assert.StartsWith("<html>", html.Text, StringComparison.Ordinal);
        Assert.Equal(3_000_000, huge.Text.Length);
        Assert.Equal(HttpStatusCode.NoContent, nothing.Status);
        Assert.Equal(0, caller.Host.PinStore.Count);
    }

    [Fact]
    public async Task A_literal_answer_leaves_the_effect_in_place()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        caller.Host.Faults.ForNext(
            InfobipOperation.VerifyPin,
            Fault.AnsweredWith("""{"verified":"yes"}""")
        );

        var reply = await caller.VerifyRightAsync(pinId);

        Assert.Equal((HttpStatusCode.OK, """{"verified":"yes"}"""), (reply.Status, reply.Text));
        Assert.NotNull(caller.Host.PinStore.Find(pinId)!.VerifiedAt);
        Assert.Equal(1, caller.Host.Calls.Count(InfobipOperation.VerifyPin, CallOutcome.Verified));
    }

    [Fact]
    public async Task A_message_that_is_not_sent_is_a_200_with_a_pin_and_an_empty_phone()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.MessageNotSent());

        var reply = await caller.SendAsync();

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("MESSAGE_NOT_SENT", reply.Member("smsStatus"));
        Assert.Equal("NC_DESTINATION_REACHABLE", reply.Member("ncStatus"));
        Assert.NotNull(caller.Host.PinStore.Find(reply.Member("pinId")!));
        Assert.Empty(caller.Host.Phone.Messages());
        Assert.Equal(1, caller.Host.Calls.Count(InfobipOperation.SendPin, CallOutcome.NotSent));
    }

    [Theory]
    [InlineData("NC_NOT_REACHABLE", "MESSAGE_NOT_SENT", 0)]
    [InlineData("NC_DESTINATION_NOT_REACHABLE", "MESSAGE_NOT_SENT", 0)]
    [InlineData("NC_NOT_CONFIGURED", "MESSAGE_SENT", 1)]
    [InlineData("NC_DESTINATION_UNKNOWN", "MESSAGE_SENT", 1)]
    public async Task Only_an_unreachable_number_withholds_the_message(
        string ncStatus,
        string smsStatus,
        int messages
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, new Fault { NcStatus = ncStatus });

        var reply = await caller.SendAsync();

        Assert.Equal(ncStatus, reply.Member("ncStatus"));
        Assert.Equal(smsStatus, reply.Member("smsStatus"));
        Assert.Equal(messages, caller.Host.Phone.Messages().Count);
    }

    [Fact]
    public async Task Without_number_lookup_an_unreachable_number_goes_unnoticed()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.NumberNotReachable());

        var reply = await caller.SendAsync(query: "?ncNeeded=false");

        Assert.Equal("MESSAGE_SENT", reply.Member("smsStatus"));
    }

    [Fact]
    public async Task A_connection_cut_before_the_operation_leaves_no_effect()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.CutBefore());

        await Assert.ThrowsAsync<HttpRequestException>(() => caller.SendAsync());

        Assert.Equal(0, caller.Host.PinStore.Count);
        var call = Assert.Single(caller.Host.Calls.All);
        Assert.Equal((CallOutcome.NotReached, null), (call.Outcome, call.Status));
    }

    [Fact]
    public async Task A_connection_cut_after_the_operation_leaves_its_effect()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(InfobipOperation.SendPin, Fault.CutAfter());

        await Assert.ThrowsAsync<HttpRequestException>(() => caller.SendAsync());

        Assert.NotNull(caller.Host.LatestPin(SimulatorCaller.Number));
        var call = Assert.Single(caller.Host.Calls.All);
        Assert.Equal((CallOutcome.Sent, null), (call.Outcome, call.Status));
    }

    [Fact]
    public async Task A_delay_holds_the_operation_until_the_clock_has_moved()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(
            InfobipOperation.SendPin,
            Fault.Delayed(TimeSpan.FromSeconds(10))
        );

        var sending = caller.SendAsync();
        await UntilAsync(() => caller.Host.Calls.All.Count == 1);
        var held = caller.Host.Calls.All[0].Outcome;
        var pinsWhileHeld = caller.Host.PinStore.Count;
        var reply = await AdvancingAsync(caller, TimeSpan.FromSeconds(10), sending);

        Assert.Equal(CallOutcome.Pending, held);
        Assert.Equal(0, pinsWhileHeld);
        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(CallOutcome.Sent, caller.Host.Calls.All[0].Outcome);
    }

    [Fact]
    public async Task A_late_answer_has_its_effect_at_once_and_for_a_caller_that_gave_up()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(
            InfobipOperation.SendPin,
            Fault.AnsweredLate(TimeSpan.FromSeconds(10))
        );
        using var impatient = new CancellationTokenSource();
        using var request = SimulatorCaller.Request("2fa/2/pin", SimulatorCaller.SendBody());

        var sending = caller.Client.SendAsync(request, impatient.Token);
        await UntilAsync(() =>
            caller.Host.Calls.Count(InfobipOperation.SendPin, CallOutcome.Sent) == 1
        );
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.NotNull(caller.Host.LatestPin(SimulatorCaller.Number));
    }

    [Fact]
    public async Task A_delayed_operation_still_runs_after_its_caller_gave_up()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(
            InfobipOperation.SendPin,
            Fault.Delayed(TimeSpan.FromSeconds(10))
        );
        using var impatient = new CancellationTokenSource();
        using var request = SimulatorCaller.Request("2fa/2/pin", SimulatorCaller.SendBody());

        var sending = caller.Client.SendAsync(request, impatient.Token);
        await UntilAsync(() => caller.Host.Calls.All.Count == 1);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await UntilAsync(() =>
        {
            caller.Clock.Advance(TimeSpan.FromSeconds(10));
            return caller.Host.Calls.Count(InfobipOperation.SendPin, CallOutcome.Sent) == 1;
        });

        Assert.NotNull(caller.Host.LatestPin(SimulatorCaller.Number));
    }

    [Fact]
    public async Task A_dripping_answer_gives_its_headers_at_once_and_a_byte_per_second()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForNext(
            InfobipOperation.SendPin,
            Fault.Dripping() with
            {
                Body = "{\"a\":1}",
                TakesEffect = true,
            }
        );
        using var request = SimulatorCaller.Request("2fa/2/pin", SimulatorCaller.SendBody());

        using var response = await caller.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead
        );
        await using var body = await response.Content.ReadAsStreamAsync();
        var received = new StringBuilder();
        var buffer = new byte[16];
        var began = caller.Clock.GetUtcNow();
        var reading = body.ReadAsync(buffer).AsTask();
        Assert.False(reading.IsCompleted);
        while (await AdvancingAsync(caller, TimeSpan.FromSeconds(1), reading) is > 0 and var read)
        {
            received.Append(Encoding.ASCII.GetString(buffer, 0, read));
            reading = body.ReadAsync(buffer).AsTask();
        }

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("{\"a\":1}", received.ToString());
        Assert.True(caller.Clock.GetUtcNow() - began >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_simulator_that_holds_calls_stops_all_the_same()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForAll(InfobipOperation.SendPin, Fault.Delayed(TimeSpan.FromHours(1)));
        var sending = caller.SendAsync();
        await UntilAsync(() => caller.Host.Calls.All.Count == 1);

        await caller.Host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<HttpRequestException>(() => sending);
    }

    [Fact]
    public async Task A_dripping_answer_does_not_hold_up_stopping_either()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        caller.Host.Faults.ForAll(InfobipOperation.SendPin, Fault.Dripping());
        using var request = SimulatorCaller.Request("2fa/2/pin", SimulatorCaller.SendBody());
        using var response = await caller.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead
        );

        await caller.Host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync());
    }

    [Fact]
    public void A_fault_that_cannot_be_acted_out_is_refused_in_code_too()
    {
        var plan = new FaultPlan();

        Assert.Throws<ArgumentException>(() =>
            plan.ForAll(InfobipOperation.SendPin, Fault.WithStatus(42))
        );
        Assert.Throws<ArgumentException>(() =>
            plan.ForNext(InfobipOperation.SendPin, Fault.Delayed(-TimeSpan.FromTicks(1)))
        );
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            plan.ForNext(InfobipOperation.SendPin, Fault.CutBefore(), calls: 0)
        );
        Assert.Empty(plan.Planned);
    }

    [Fact]
    public async Task The_control_addresses_plan_list_and_clear_faults()
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var planned = await caller.PostAsync(
            "simulator/faults",
            """{"operation":"send","calls":1,"fault":{"status":503,"envelope":"platform","retryAfter":"9"}}"""
        );
        await caller.PostAsync(
            "simulator/faults",
            """{"operation":"verify","fault":{"abort":true}}"""
        );
        var listed = await caller.GetAsync("simulator/faults");
        var faulty = await caller.SendAsync();
        using var cleared = await caller.Client.DeleteAsync(
            new Uri("simulator/faults", UriKind.Relative)
        );

        Assert.Equal(HttpStatusCode.NoContent, planned.Status);
        Assert.Equal(
            ["send", "verify"],
            listed.Json.EnumerateArray().Select(plan => plan.GetProperty("operation").GetString())
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, faulty.Status);
        Assert.Equal("0", faulty.Member("errorCode"));
        Assert.Equal("9", Assert.Single(faulty.Headers.GetValues("Retry-After")));
        Assert.Equal(HttpStatusCode.NoContent, cleared.StatusCode);
        Assert.Empty(caller.Host.Faults.Planned);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"operation":"send"}""")]
    [InlineData("""{"operation":"resend-all","fault":{}}""")]
    [InlineData("""{"operation":"send","calls":0,"fault":{}}""")]
    [InlineData("""{"operation":"send","fault":{"stauts":503}}""")]
    [InlineData("""{"operation":"send","fault":{"status":99}}""")]
    [InlineData("""{"operation":"send","fault":{"delay":"-00:00:01"}}""")]
    public async Task A_fault_that_cannot_be_meant_is_refused(string body)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.PostAsync("simulator/faults", body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.NotNull(reply.Member("error"));
        Assert.Empty(caller.Host.Faults.Planned);
    }

    [Fact]
    public async Task The_control_addresses_count_and_list_calls_without_any_pin()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();
        await caller.VerifyRightAsync(pinId);

        var calls = await caller.GetAsync("simulator/calls");
        using var cleared = await caller.Client.DeleteAsync(
            new Uri("simulator/calls", UriKind.Relative)
        );

        Assert.Equal(1, calls.Json.GetProperty("counts").GetProperty("send").GetInt32());
        Assert.Equal(1, calls.Json.GetProperty("counts").GetProperty("verify").GetInt32());
        var verify = calls.Json.GetProperty("calls")[1];
        Assert.Equal("verify", verify.GetProperty("operation").GetString());
        Assert.Equal("Verified", verify.GetProperty("outcome").GetString());
        Assert.Equal(pinId, verify.GetProperty("pinId").GetString());
        Assert.DoesNotContain(
            $"\"{caller.Host.LatestPin(SimulatorCaller.Number)}\"",
            calls.Text,
            StringComparison.Ordinal
        );
        Assert.Empty(caller.Host.Calls.All);
    }

    [Theory]
    [InlineData("simulator/calls")]
    [InlineData("phone")]
    public async Task A_name_that_merely_points_here_is_refused(string path)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = "rebound.example";

        using var response = await caller.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var round = 0; round < 1000; round++)
        {
            if (condition())
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.Fail("The condition did not come true within ten seconds.");
    }

    /// <summary>Moves the clock until the task ends: the simulator may not have begun to wait at the first move.</summary>
    private static async Task<T> AdvancingAsync<T>(
        SimulatorCaller caller,
        TimeSpan step,
        Task<T> task
    )
    {
        for (var round = 0; round < 200 && !task.IsCompleted; round++)
        {
            caller.Clock.Advance(step);
            await Task.WhenAny(
                task,
                Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System)
            );
        }

        return await task.WaitAsync(TimeSpan.FromSeconds(5));
    }
}
