using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// Turns calls away before the operation and the planned fault see them: an unknown key, a key without the scope, and
/// more calls than the published limit of the operation lets the account make.
/// </summary>
internal sealed class Doorkeeper(
    ApiKeys keys,
    RequestLimits limits,
    ErrorAnswers errors,
    AssumptionsInForce assumptions,
    TimeProvider time
)
{
    public OperationResult? Refusal(HttpRequest request, IOperation operation) =>
        keys.Allows(request.Headers.Authorization.ToString(), operation.Scope) switch
        {
            null => new OperationResult(CallOutcome.Unauthorized, errors.Unauthorized()),
            false => new OperationResult(CallOutcome.Forbidden, errors.Forbidden()),
            true => Throttling(operation),
        };

    private OperationResult? Throttling(IOperation operation)
    {
        var now = time.GetUtcNow();
        return
            operation.PublishedLimit is not { } limit
            || !assumptions.Current.EndpointLimits
            || limits.TryTake(now, out var wait, ($"operation/{operation.Kind}", limit))
            ? null
            : new OperationResult(CallOutcome.Throttled, errors.TooManyRequests(wait, now));
    }
}
