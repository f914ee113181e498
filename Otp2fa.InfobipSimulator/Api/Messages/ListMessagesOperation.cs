using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;

namespace Otp2fa.InfobipSimulator.Api.Messages;

/// <summary>The templates of an application; there is no paging.</summary>
internal sealed class ListMessagesOperation(Account account, Refusals refusals) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.ListMessages;

    public string Method => HttpMethods.Get;

    public string Pattern => "/2fa/2/applications/{appId}/messages";

    public InfobipScope Scope => InfobipScope.Manage;

    public OperationResult Execute(OperationRequest request) =>
        account.Applications.Find(request.RouteValue("appId")) is { } application
            ? new OperationResult(
                CallOutcome.Done,
                Answer.Ok(
                    [
                        .. application.Templates.Select(template =>
                            MessageResponse.Of(application.ApplicationId, template)
                        ),
                    ],
                    WireJson.Default.IReadOnlyListMessageResponse
                )
            )
            : refusals.NotFound();
}
