using System.Text;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Units.Infobip;

/// <summary>The bodies an error status may come with: both of Infobip's envelopes, wrong ones, and none.</summary>
internal static class ErrorBodies
{
    public static IEnumerable<UpstreamScript> Of(int status) =>
        Documents
            .Select(body => UpstreamScripts.Json(status, body))
            .Append(
                UpstreamScripts.Reply(
                    status,
                    Encoding.UTF8.GetBytes("<html><h1>Gateway</h1></html>"),
                    "Content-Type: text/html"
                )
            )
            .Append(UpstreamScripts.Reply(status, []));

    private static readonly string[] Documents =
    [
        """{"requestError":{"serviceException":{"messageId":"BAD_REQUEST","text":"Bad request","validationErrors":{"applicationId":["must not be blank"]}}}}""",
        """{"requestError":{"serviceException":{"messageId":"UNAUTHORIZED","text":"Unauthorized access"}}}""",
        """{"requestError":{"serviceException":{"messageId":"0","text":"Service unavailable"}}}""",
        """{"requestError":{"serviceException":{"messageId":null}}}""",
        """{"requestError":{"policyException":{"messageId":"POL0001"}}}""",
        """{"requestError":{"serviceException":[]}}""",
        """{"requestError":"no"}""",
        """{"requestError":null}""",
        """{"errorCode":"E429","description":"Too many requests","action":"Wait","violations":[],"resources":[]}""",
        """{"errorCode":400}""",
        """{"errorCode":{}}""",
        """{"verified":true,"pinId":"CANARYPIN2F9A61D0","smsStatus":"MESSAGE_SENT"}""",
        "[]",
        "null",
        "{",
    ];
}
