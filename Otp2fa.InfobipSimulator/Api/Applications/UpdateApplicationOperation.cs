using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Applications;

/// <summary>
/// Changes an application. Infobip does not say what becomes of members left out; PINs that are out keep the rules they
/// were sent with.
/// </summary>
internal sealed class UpdateApplicationOperation(Account account, Refusals refusals) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.UpdateApplication;

    public string Method => HttpMethods.Put;

    public string Pattern => "/2fa/2/applications/{appId}";

    public InfobipScope Scope => InfobipScope.Manage;

    public RateLimit PublishedLimit => PublishedLimits.Update;

    public OperationResult Execute(OperationRequest request)
    {
        var applicationId = request.RouteValue("appId");
        if (account.Applications.Find(applicationId) is null)
        {
            return refusals.NotFound();
        }

        if (!ApplicationFields.TryRead(request, out var body, out var violations))
        {
            return body is null ? refusals.Unreadable() : refusals.Invalid(violations);
        }

        var keeps = request.Assumptions.PutKeepsConfiguration;
        var changed = account.Applications.Change(
            applicationId,
            application =>
                application with
                {
                    Name = body.Name!,
                    Enabled =
                        body.Enabled
                        ?? (keeps ? application.Enabled : request.Assumptions.EnabledWhenLeftOut),
                    Configuration = ApplicationFields.Configure(
                        body,
                        keeps ? application.Configuration : new PinConfiguration(),
                        request.Assumptions
                    ),
                }
        );
        return new OperationResult(
            CallOutcome.Done,
            Answer.Ok(ApplicationResponse.Of(changed!), WireJson.Default.ApplicationResponse)
        );
    }
}
