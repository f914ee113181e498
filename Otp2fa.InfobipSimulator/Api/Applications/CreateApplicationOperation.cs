using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api.Applications;

/// <summary>Makes an application; what its configuration leaves out has the documented defaults. Answers 201.</summary>
internal sealed class CreateApplicationOperation(Account account, Refusals refusals) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.CreateApplication;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/applications";

    public InfobipScope Scope => InfobipScope.Manage;

    public RateLimit PublishedLimit => PublishedLimits.Create;

    public OperationResult Execute(OperationRequest request)
    {
        if (!ApplicationFields.TryRead(request, out var body, out var violations))
        {
            return body is null ? refusals.Unreadable() : refusals.Invalid(violations);
        }

        var application = new PinApplication
        {
            ApplicationId = PinGenerator.NewId(),
            Name = body.Name!,
            Enabled = body.Enabled ?? request.Assumptions.EnabledWhenLeftOut,
            Configuration = ApplicationFields.Configure(
                body,
                new PinConfiguration(),
                request.Assumptions
            ),
        };
        account.Applications.Add(application);
        return new OperationResult(
            CallOutcome.Done,
            Answer.Created(
                ApplicationResponse.Of(application),
                WireJson.Default.ApplicationResponse
            )
        );
    }
}
