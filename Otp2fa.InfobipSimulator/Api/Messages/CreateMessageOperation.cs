using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;

namespace Otp2fa.InfobipSimulator.Api.Messages;

/// <summary>Adds a template to an application. Answers 200, unlike the creation of an application.</summary>
internal sealed class CreateMessageOperation(Account account, Refusals refusals) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.CreateMessage;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/applications/{appId}/messages";

    public InfobipScope Scope => InfobipScope.Manage;

    public OperationResult Execute(OperationRequest request)
    {
        var applicationId = request.RouteValue("appId");
        if (account.Applications.Find(applicationId) is null)
        {
            return refusals.NotFound();
        }

        if (!request.TryReadBody(WireJson.Default.MessageRequest, out var body))
        {
            return refusals.Unreadable();
        }

        if (!MessageFields.TryCreate(body, out var template, out var violations))
        {
            return refusals.Invalid(violations);
        }

        account.Applications.Change(
            applicationId,
            application => application with { Templates = [.. application.Templates, template] }
        );
        return new OperationResult(
            CallOutcome.Done,
            Answer.Ok(MessageResponse.Of(applicationId, template), WireJson.Default.MessageResponse)
        );
    }
}
