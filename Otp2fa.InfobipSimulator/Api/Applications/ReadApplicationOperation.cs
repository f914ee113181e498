using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Applications;

/// <summary>One application.</summary>
internal sealed class ReadApplicationOperation(Account account, Refusals refusals) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.ReadApplication;

    public string Method => HttpMethods.Get;

    public string Pattern => "/2fa/2/applications/{appId}";

    public InfobipScope Scope => InfobipScope.Manage;

    public RateLimit PublishedLimit => PublishedLimits.Read;

    public OperationResult Execute(OperationRequest request) =>
        account.Applications.Find(request.RouteValue("appId")) is { } application
            ? new OperationResult(
                CallOutcome.Done,
                Answer.Ok(ApplicationResponse.Of(application), WireJson.Default.ApplicationResponse)
            )
            : refusals.NotFound();
}
