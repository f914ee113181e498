using System.Text;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Control;
using Otp2fa.InfobipSimulator.Hosting;
using Otp2fa.InfobipSimulator.Pins;
using static Otp2fa.InfobipSimulator.Hosting.HtmlTemplate;

namespace Otp2fa.InfobipSimulator.Start;

/// <summary>
/// Shows a newcomer what there is to call, how, and where the switches stand. It has never seen a key: the lines take it
/// from the shell.
/// </summary>
internal sealed class StartPage(
    IReadOnlyList<IOperation> operations,
    ApplicationStore applications,
    AssumptionsInForce assumptions
)
{
    private static readonly string Page = EmbeddedFile.Read("Start/start.html");
    private static readonly string Route = EmbeddedFile.Read("Start/route.html");
    private static readonly string Switch = EmbeddedFile.Read("Start/switch.html");

    /// <param name="address">Where the reader has reached the simulator, without a slash at the end.</param>
    public string Render(string address)
    {
        var application = applications.All is [var first, ..] ? first : null;
        var applicationId = application?.ApplicationId ?? "APPLICATION_ID";
        var messageId = application?.Templates is [var template, ..]
            ? template.MessageId
            : "MESSAGE_ID";
        return Fill(
            Page,
            Text("address", address),
            Text("stock", Stock(applications.All.Count)),
            Html(
                "routes",
                Join(
                    operations,
                    operation => Rendered(operation, address, applicationId, messageId)
                )
            ),
            Html("switches", Join(AssumptionSwitch.All, Rendered))
        );
    }

    private static string Stock(int count) =>
        count switch
        {
            0 => "It knows no application yet.",
            1 => "It knows one application.",
            _ => $"It knows {count} applications.",
        };

    private static string Join<T>(IEnumerable<T> items, Func<T, string> render) =>
        new StringBuilder().AppendJoin("", items.Select(render)).ToString();

    private static string Rendered(
        IOperation operation,
        string address,
        string applicationId,
        string messageId
    )
    {
        var example = RouteExample.Of(operation.Kind, applicationId, messageId);
        var path = operation
            .Pattern.Replace(
                "{appId}",
                Uri.EscapeDataString(applicationId),
                StringComparison.Ordinal
            )
            .Replace("{msgId}", Uri.EscapeDataString(messageId), StringComparison.Ordinal)
            .Replace("{pinId}", "PIN_ID", StringComparison.Ordinal);
        var method = HttpMethods.IsPut(operation.Method) ? " -X PUT" : "";
        var body = example.Body is { } json
            ? $" -H 'Content-Type: application/json' -d '{json}'"
            : "";
        return Fill(
            Route,
            Text("says", example.Says),
            Text("name", ControlEndpoints.Name(operation.Kind)),
            Text("route", $"{operation.Method} {operation.Pattern}"),
            Text("limit", operation.PublishedLimit is { } limit ? $", {limit}" : ""),
            Text(
                "curl",
                $"curl{method} -H \"Authorization: App $KEY\"{body} '{address}{path}{example.Query}'"
            )
        );
    }

    private string Rendered(AssumptionSwitch one)
    {
        var position = one.Read(assumptions.Current);
        return Fill(
            Switch,
            Text("name", one.Name),
            Text("position", position),
            Text("positions", string.Join(", ", one.Positions)),
            Text("says", one.Description),
            Text("moved", position == one.Default ? "" : $" (usually {one.Default})")
        );
    }
}
