using System.Diagnostics.CodeAnalysis;
using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// What a resend does before its channel matters. The PIN and its id stay what they were, whichever channel it went out
/// by before; the body may be missing.
/// </summary>
internal sealed class ResendPreparation(Account account, Refusals refusals)
{
    private static readonly ResendPinRequest Nothing = new(Placeholders: null, TrackDelivery: null);

    public bool TryPrepare(
        OperationRequest request,
        [NotNullWhen(true)] out PinMessage? message,
        [NotNullWhen(false)] out OperationResult? refusal
    )
    {
        message = null;
        var pinId = request.RouteValue("pinId");
        var body = Nothing;
        if (!request.HasNoBody && !request.TryReadBody(WireJson.Default.ResendPinRequest, out body))
        {
            refusal = refusals.Unreadable(pinId);
            return false;
        }

        if (!TryFind(pinId, out var pin, out var application, out var template))
        {
            refusal = refusals.NotFound(pinId);
            return false;
        }

        var now = account.Time.GetUtcNow();
        var assumptions = request.Assumptions;
        var placeholders = Placeholders.Read(body.Placeholders, assumptions);
        refusal = Refusal(pin, application, template, placeholders, assumptions, now);
        if (refusal is not null)
        {
            return false;
        }

        pin.Resend(now, assumptions);
        message = new PinMessage(pin, template, placeholders!, body.TrackDelivery is true);
        return true;
    }

    private OperationResult? Refusal(
        IssuedPin pin,
        PinApplication application,
        PinTemplate template,
        Dictionary<string, string>? placeholders,
        SimulatorAssumptions assumptions,
        DateTimeOffset now
    )
    {
        if (placeholders is null)
        {
            return OfPlaceholders("must not contain pin");
        }

        if (pin.IsSpent(now) && assumptions.ResendOfSpentPinRefused)
        {
            return refusals.NotFound(pin.PinId, pin.Number);
        }

        if (refusals.Disabled(application, assumptions, pin.PinId, pin.Number) is { } disabled)
        {
            return disabled;
        }

        if (Placeholders.Missing(template, placeholders, assumptions) is [_, ..] missing)
        {
            return OfPlaceholders(missing);
        }

        return
            assumptions.ResendCounts
            && !account.Limits.TryTake(
                now,
                out var wait,
                SendLimits.OfNumber(application, pin.Number)
            )
            ? refusals.Throttled(wait, pin.PinId, pin.Number)
            : null;

        OperationResult OfPlaceholders(params string[] texts) =>
            refusals.Invalid(Placeholders.Property, texts) with
            {
                PinId = pin.PinId,
                Number = pin.Number,
            };
    }

    private bool TryFind(
        string pinId,
        [NotNullWhen(true)] out IssuedPin? pin,
        [NotNullWhen(true)] out PinApplication? application,
        [NotNullWhen(true)] out PinTemplate? template
    )
    {
        pin = account.Pins.Find(pinId);
        application = pin is null ? null : account.Applications.Find(pin.ApplicationId);
        template = pin is null ? null : application?.FindTemplate(pin.MessageId);
        return template is not null;
    }
}
