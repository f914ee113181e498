using System.Net;
using System.Text.Json;
using Otp2fa.InfobipSimulator;

namespace Otp2fa.Web.Tests.Units.Simulator;

/// <summary>Every operation of the contract as a plain client sees it, in the order in which an account is set up.</summary>
public sealed class ContractTests
{
    private const string Unknown = "0000000000000000000000000000000F";

    /// <summary>Method, path, body, documented status. The ids in braces are filled in with those that exist.</summary>
    public static TheoryData<string, string, string?, int> Rows =>
        new()
        {
            { "GET", "2fa/2/applications", null, 200 },
            { "POST", "2fa/2/applications", """{"name":"a","enabled":true}""", 201 },
            { "POST", "2fa/2/applications", "{}", 400 },
            { "GET", "2fa/2/applications/{app}", null, 200 },
            { "GET", $"2fa/2/applications/{Unknown}", null, 404 },
            { "PUT", "2fa/2/applications/{app}", """{"name":"b","enabled":true}""", 200 },
            { "PUT", "2fa/2/applications/{app}", "{}", 400 },
            { "PUT", $"2fa/2/applications/{Unknown}", """{"name":"b"}""", 404 },
            { "GET", "2fa/2/applications/{app}/messages", null, 200 },
            { "GET", $"2fa/2/applications/{Unknown}/messages", null, 404 },
            { "POST", "2fa/2/applications/{app}/messages", NewMessage, 200 },
            { "POST", "2fa/2/applications/{app}/messages", "{}", 400 },
            { "POST", $"2fa/2/applications/{Unknown}/messages", NewMessage, 404 },
            { "GET", "2fa/2/applications/{app}/messages/{msg}", null, 200 },
            { "GET", $"2fa/2/applications/{{app}}/messages/{Unknown}", null, 404 },
            { "GET", $"2fa/2/applications/{Unknown}/messages/{{msg}}", null, 404 },
            { "PUT", "2fa/2/applications/{app}/messages/{msg}", "{}", 200 },
            { "PUT", "2fa/2/applications/{app}/messages/{msg}", """{"pinType":"DIGITS"}""", 400 },
            { "PUT", $"2fa/2/applications/{{app}}/messages/{Unknown}", "{}", 404 },
            { "PUT", $"2fa/2/applications/{Unknown}/messages/{{msg}}", "{}", 404 },
            { "POST", "2fa/2/pin", SimulatorCaller.SendBody(), 200 },
            { "POST", "2fa/2/pin?ncNeeded=false", SimulatorCaller.SendBody(), 200 },
            { "POST", "2fa/2/pin", "{}", 400 },
            { "POST", "2fa/2/pin/{pin}/resend", "{}", 200 },
            { "POST", "2fa/2/pin/{pin}/resend", null, 200 },
            { "POST", "2fa/2/pin/{pin}/resend", """{"placeholders":{"a":"b"}}""", 200 },
            { "POST", "2fa/2/pin/{pin}/resend", """{"placeholders":{"pin":"1"}}""", 400 },
            { "POST", $"2fa/2/pin/{Unknown}/resend", "{}", 404 },
            { "POST", "2fa/2/pin/voice", SimulatorCaller.SendBody(), 200 },
            { "POST", "2fa/2/pin/voice", """{"to":447700900123}""", 400 },
            { "POST", "2fa/2/pin/{pin}/resend/voice", "{}", 200 },
            { "POST", "2fa/2/pin/{pin}/resend/voice", null, 200 },
            { "POST", "2fa/2/pin/{pin}/resend/voice", "[]", 400 },
            { "POST", $"2fa/2/pin/{Unknown}/resend/voice", "{}", 404 },
            { "POST", "2fa/2/pin/{pin}/verify", """{"pin":"1"}""", 200 },
            { "POST", "2fa/2/pin/{pin}/verify", "{}", 400 },
            { "POST", $"2fa/2/pin/{Unknown}/verify", """{"pin":"1"}""", 404 },
            { "GET", "2fa/2/applications/{app}/verifications?msisdn=447700900123", null, 200 },
            { "GET", $"2fa/2/applications/{Unknown}/verifications?msisdn=447700900123", null, 404 },
        };

    private const string NewMessage = """{"messageText":"{{pin}}","pinType":"NUMERIC"}""";

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Every_operation_answers_with_its_documented_status_and_envelope(
        string method,
        string path,
        string? body,
        int status
    )
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var filled = path.Replace("{app}", SimulatorCaller.ApplicationId)
            .Replace("{msg}", SimulatorCaller.MessageId)
            .Replace("{pin}", await caller.SentPinIdAsync());

        var reply = await caller.CallAsync(new HttpMethod(method), filled, body);

        Assert.True(status == (int)reply.Status, $"{reply.Status}: {reply.Text}");
        Assert.Equal("application/json", reply.MediaType);
        if (status >= 400)
        {
            reply.AssertLegacyError(reply.Status, status == 400 ? "BAD_REQUEST" : "NOT_FOUND");
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Every_operation_asks_for_the_key(
        string method,
        string path,
        string? body,
        int status
    )
    {
        Assert.NotEqual(401, status);
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.CallAsync(new HttpMethod(method), path, body, "App wrong");

        reply.AssertLegacyError(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task An_empty_account_is_set_up_and_used_from_beginning_to_end()
    {
        await using var caller = await SimulatorCaller.StartAsync(
            new SimulatorOptions { ApiKey = SimulatorCaller.ApiKey }
        );

        var application = await caller.PostAsync(
            "2fa/2/applications",
            """{"name":"Sign-in","enabled":true}"""
        );
        var applicationId = application.Member("applicationId")!;
        var message = await caller.PostAsync(
            $"2fa/2/applications/{applicationId}/messages",
            """{"messageText":"{{pin}} is it","pinType":"HEX","pinLength":5,"senderId":"Acme"}"""
        );
        var messageId = message.Member("messageId")!;
        var send = await caller.PostSendAsync(
            SimulatorCaller.SendBody(applicationId: applicationId, messageId: messageId)
        );
        var pinId = send.Member("pinId")!;
        var resend = await caller.PostAsync($"2fa/2/pin/{pinId}/resend/voice", "{}");
        var verify = await caller.VerifyRightAsync(pinId);
        var status = await caller.CallAsync(
            HttpMethod.Get,
            $"2fa/2/applications/{applicationId}/verifications?msisdn={SimulatorCaller.Number}"
        );

        Assert.Equal(HttpStatusCode.Created, application.Status);
        Assert.Equal(HttpStatusCode.OK, message.Status);
        Assert.Equal(applicationId, message.Member("applicationId"));
        Assert.Equal("{{pin}}", message.Member("pinPlaceholder"));
        Assert.Matches("^[0-9A-F]{5}$", caller.Host.LatestPin(SimulatorCaller.Number));
        AssertMembers(send.Json, "pinId", "to", "ncStatus", "smsStatus");
        AssertMembers(resend.Json, "pinId", "to", "callStatus");
        Assert.Equal(pinId, resend.Member("pinId"));
        verify.AssertVerdict(verified: true, 0, pinError: null);
        AssertMembers(verify.Json, "pinId", "msisdn", "verified", "attemptsRemaining");
        AssertMembers(status.Json, "verifications");
        var entry = Assert.Single(status.Json.GetProperty("verifications").EnumerateArray());
        AssertMembers(entry, "msisdn", "verified", "verifiedAt", "sentAt");
    }

    [Fact]
    public async Task A_wrong_pin_is_a_200_that_says_so_with_its_attempts()
    {
        await using var caller = await SimulatorCaller.StartAsync();
        var pinId = await caller.SentPinIdAsync();

        var reply = await caller.VerifyWrongAsync(pinId);

        reply.AssertVerdict(verified: false, 4, "WRONG_PIN");
        AssertMembers(reply.Json, "pinId", "msisdn", "verified", "attemptsRemaining", "pinError");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    public async Task Bodies_are_read_with_and_without_a_charset(string contentType)
    {
        await using var caller = await SimulatorCaller.StartAsync();
        using var request = SimulatorCaller.Request(
            "2fa/2/applications",
            """{"name":"Zoë","enabled":false,"unknown":[1]}"""
        );
        request.Content!.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(
            contentType
        );

        using var response = await caller.Client.SendAsync(request);
        var reply = await Reply.ReadAsync(response);

        Assert.Equal(HttpStatusCode.Created, reply.Status);
        Assert.Equal("Zoë", reply.Member("name"));
        Assert.False(reply.Json.GetProperty("enabled").GetBoolean());
    }

    [Theory]
    [InlineData("DELETE", "2fa/2/applications/" + SimulatorCaller.ApplicationId)]
    [InlineData("POST", "2fa/2/pin/email")]
    public async Task Nothing_is_deleted_and_no_mail_is_sent(string method, string path)
    {
        await using var caller = await SimulatorCaller.StartAsync();

        var reply = await caller.CallAsync(new HttpMethod(method), path, "{}");

        reply.AssertLegacyError(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private static void AssertMembers(JsonElement json, params string[] names) =>
        Assert.Equal(names, json.EnumerateObject().Select(member => member.Name));
}
