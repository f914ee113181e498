using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Messages;

/// <summary>Changes a template; no member is required, and what is left out stays.</summary>
internal sealed class UpdateMessageOperation(Account account, Refusals refusals) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.UpdateMessage;

    public string Method => HttpMethods.Put;

    public string Pattern => "/2fa/2/applications/{appId}/messages/{msgId}";

    public InfobipScope Scope => InfobipScope.Manage;

    public OperationResult Execute(OperationRequest request)
    {
        if (!request.TryReadBody(WireJson.Default.MessageRequest, out var body))
        {
            return refusals.Unreadable();
        }

        // Checked and changed in one step: another update may have come in between.
        var messageId = request.RouteValue("msgId");
        PinTemplate? changed = null;
        Dictionary<string, string[]> violations = [];
        var application = account.Applications.Change(
            request.RouteValue("appId"),
            application =>
                application.FindTemplate(messageId) is { } template
                && MessageFields.TryApply(body, template, out changed, out violations)
                    ? application.WithTemplate(changed)
                    : application
        );
        if (violations.Count > 0)
        {
            return refusals.Invalid(violations);
        }

        return application is null || changed is null
            ? refusals.NotFound()
            : new OperationResult(
                CallOutcome.Done,
                Answer.Ok(
                    MessageResponse.Of(application.ApplicationId, changed),
                    WireJson.Default.MessageResponse
                )
            );
    }
}
