using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator.Start;

/// <summary>What the page says of one operation, and a body to try it with.</summary>
internal sealed record RouteExample(string Says, string? Body = null, string Query = "")
{
    private const string Number = "447700900123";

    /// <param name="operation">The operation.</param>
    /// <param name="applicationId">An application that exists, or a word in its place.</param>
    /// <param name="messageId">A template that exists, or a word in its place.</param>
    public static RouteExample Of(
        InfobipOperation operation,
        string applicationId,
        string messageId
    ) =>
        operation switch
        {
            InfobipOperation.ListApplications => new("List the applications"),
            InfobipOperation.CreateApplication => new(
                "Create an application",
                """{"name":"Sign-in","enabled":true,"configuration":{"pinTimeToLive":"5m"}}"""
            ),
            InfobipOperation.ReadApplication => new("Read an application"),
            InfobipOperation.UpdateApplication => new(
                "Change an application",
                """{"name":"Sign-in","enabled":true,"configuration":{"pinAttempts":5}}"""
            ),
            InfobipOperation.ListMessages => new("List the templates of an application"),
            InfobipOperation.CreateMessage => new(
                "Create a template",
                """{"messageText":"{{pin}} is your code","pinType":"NUMERIC","pinLength":6}"""
            ),
            InfobipOperation.ReadMessage => new("Read a template"),
            InfobipOperation.UpdateMessage => new("Change a template", """{"pinLength":8}"""),
            InfobipOperation.SendPin => new(
                "Send a PIN by message",
                Send(applicationId, messageId),
                "?ncNeeded=true"
            ),
            InfobipOperation.ResendPin => new("Send the same PIN again", "{}"),
            InfobipOperation.SendPinByVoice => new(
                "Call with a PIN",
                Send(applicationId, messageId)
            ),
            InfobipOperation.ResendPinByVoice => new("Call with the same PIN", "{}"),
            InfobipOperation.VerifyPin => new("Verify a PIN", """{"pin":"123456"}"""),
            InfobipOperation.ReadStatus => new(
                "Ask which PINs of a number were sent and verified",
                Query: $"?msisdn={Number}"
            ),
        };

    private static string Send(string applicationId, string messageId) =>
        $$"""{"applicationId":"{{applicationId}}","messageId":"{{messageId}}","to":"{{Number}}"}""";
}
