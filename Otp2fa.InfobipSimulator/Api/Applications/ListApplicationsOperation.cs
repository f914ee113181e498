using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Applications;

/// <summary>All applications of the account; there is no paging.</summary>
internal sealed class ListApplicationsOperation(Account account) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.ListApplications;

    public string Method => HttpMethods.Get;

    public string Pattern => "/2fa/2/applications";

    public InfobipScope Scope => InfobipScope.Manage;

    public RateLimit PublishedLimit => PublishedLimits.List;

    public OperationResult Execute(OperationRequest request) =>
        new(
            CallOutcome.Done,
            Answer.Ok(
                [.. account.Applications.All.Select(ApplicationResponse.Of)],
                WireJson.Default.IReadOnlyListApplicationResponse
            )
        );
}
