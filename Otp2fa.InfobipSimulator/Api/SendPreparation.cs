using System.Diagnostics.CodeAnalysis;
using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// What a first send does before its channel matters: reads and checks the request, counts it against the application's
/// limits, and generates the PIN.
/// </summary>
internal sealed class SendPreparation(Account account, Refusals refusals)
{
    public bool TryPrepare(
        OperationRequest request,
        [NotNullWhen(true)] out PinMessage? message,
        [NotNullWhen(false)] out OperationResult? refusal
    )
    {
        message = null;
        if (!request.TryReadBody(WireJson.Default.SendPinRequest, out var body))
        {
            refusal = refusals.Unreadable();
            return false;
        }

        var assumptions = request.Assumptions;
        if (!SendPinFields.TryRead(body, assumptions, out var fields, out var violations))
        {
            refusal = refusals.Invalid(violations);
            return false;
        }

        if (!TryFind(fields, assumptions, out var application, out var template, out refusal))
        {
            return false;
        }

        if (Placeholders.Missing(template, fields.Placeholders, assumptions) is [_, ..] missing)
        {
            refusal = refusals.Invalid(Placeholders.Property, missing) with
            {
                Number = fields.Number,
            };
            return false;
        }

        var now = account.Time.GetUtcNow();
        if (
            !account.Limits.TryTake(
                now,
                out var wait,
                SendLimits.OfNumber(application, fields.Number),
                SendLimits.OfApplication(application)
            )
        )
        {
            refusal = refusals.Throttled(wait, number: fields.Number);
            return false;
        }

        var pin = account.Pins.Issue(
            application,
            template,
            fields.Number,
            body.From,
            now,
            assumptions.OlderPinsStayValid
        );
        message = new PinMessage(pin, template, fields.Placeholders, body.TrackDelivery is true);
        return true;
    }

    private bool TryFind(
        SendPinFields fields,
        SimulatorAssumptions assumptions,
        [NotNullWhen(true)] out PinApplication? application,
        [NotNullWhen(true)] out PinTemplate? template,
        [NotNullWhen(false)] out OperationResult? refusal
    )
    {
        application = account.Applications.Find(fields.ApplicationId);
        template = application?.FindTemplate(fields.MessageId);
        refusal =
            application is null ? Unknown("[applicationId : unknown application]")
            : refusals.Disabled(application, assumptions, number: fields.Number) is { } disabled
                ? disabled
            : template is null ? Unknown("[messageId : unknown message template]")
            : null;
        return refusal is null;

        OperationResult Unknown(string what) =>
            assumptions.UnknownInBodyIsNotFound
                ? refusals.NotFound(number: fields.Number)
                : refusals.BadRequest(what, number: fields.Number);
    }
}
