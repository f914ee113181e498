using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;

namespace Otp2fa.InfobipSimulator.Api.Messages;

/// <summary>One template.</summary>
internal sealed class ReadMessageOperation(Account account, Refusals refusals) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.ReadMessage;

    public string Method => HttpMethods.Get;

    public string Pattern => "/2fa/2/applications/{appId}/messages/{msgId}";

    public InfobipScope Scope => InfobipScope.Manage;

    public OperationResult Execute(OperationRequest request)
    {
        var application = account.Applications.Find(request.RouteValue("appId"));
        return application?.FindTemplate(request.RouteValue("msgId")) is { } template
            ? new OperationResult(
                CallOutcome.Done,
                Answer.Ok(
                    MessageResponse.Of(application.ApplicationId, template),
                    WireJson.Default.MessageResponse
                )
            )
            : refusals.NotFound();
    }
}
