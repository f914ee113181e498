using System.Diagnostics.CodeAnalysis;
using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Phone;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// Generates a PIN and puts its message on the phone. Infobip lists neither 404 nor 429 for it: an unknown application
/// or template is a 400 here, a reached limit a 429 (both assumed).
/// </summary>
internal sealed class SendPinOperation(
    ApplicationStore applications,
    PinStore pins,
    RequestLimits limits,
    PhoneInbox phone,
    ErrorAnswers errors,
    SimulatorOptions options,
    TimeProvider time
) : IOperation
{
    private const string Reachable = "NC_DESTINATION_REACHABLE";
    private const string MessageSent = "MESSAGE_SENT";
    private const string MessageNotSent = "MESSAGE_NOT_SENT";

    // Infobip's list and its rule text name the same condition differently.
    private static readonly string[] Unreachable =
    [
        "NC_NOT_REACHABLE",
        "NC_DESTINATION_NOT_REACHABLE",
    ];

    public InfobipOperation Kind => InfobipOperation.SendPin;

    public string Method => HttpMethods.Post;

    public string Pattern => "/2fa/2/pin";

    public OperationResult Execute(OperationRequest request)
    {
        if (!TryReadNcNeeded(request.Query, out var ncNeeded))
        {
            return Rejected(errors.Invalid(One("ncNeeded", "must be true or false")));
        }

        if (!request.TryReadBody(WireJson.Default.SendPinRequest, out var body))
        {
            return Rejected(errors.BadRequest("Request body is not valid JSON for this operation"));
        }

        if (!SendPinFields.TryRead(body, out var fields, out var violations))
        {
            return Rejected(errors.Invalid(violations));
        }

        if (!TryFind(fields, out var application, out var template, out var unknown))
        {
            return Rejected(errors.BadRequest(unknown), fields.Number);
        }

        var missing = template
            .OwnPlaceholders()
            .Where(name => !fields.Placeholders.ContainsKey(name))
            .ToList();
        if (missing.Count > 0)
        {
            return Rejected(
                errors.Invalid(
                    One("placeholders", [.. missing.Select(name => $"must contain {name}")])
                ),
                fields.Number
            );
        }

        var now = time.GetUtcNow();
        if (
            !limits.TryTake(
                now,
                out var wait,
                (
                    $"send/{application.ApplicationId}/{fields.Number}",
                    application.Configuration.SendPinPerPhoneNumberLimit
                ),
                (
                    $"send/{application.ApplicationId}",
                    application.Configuration.SendPinPerApplicationLimit
                )
            )
        )
        {
            var retryAfter = options.TellRetryAfter ? RetryAfter.Seconds(wait) : null;
            return new OperationResult(
                CallOutcome.Throttled,
                errors.TooManyRequests(retryAfter),
                Number: fields.Number
            );
        }

        var pin = pins.Issue(application, template, fields.Number, now);
        var ncStatus = ncNeeded ? request.Fault?.NcStatus ?? Reachable : null;
        var smsStatus =
            request.Fault?.SmsStatus
            ?? (
                Unreachable.Contains(ncStatus, StringComparer.Ordinal)
                    ? MessageNotSent
                    : MessageSent
            );
        var sent = string.Equals(smsStatus, MessageSent, StringComparison.Ordinal);
        if (sent)
        {
            phone.Receive(
                new PhoneMessage(
                    fields.Number,
                    body.From ?? template.SenderId,
                    template.Fill(pin.Pin, fields.Placeholders),
                    pin.Pin,
                    now
                )
            );
        }

        return new OperationResult(
            sent ? CallOutcome.Sent : CallOutcome.NotSent,
            Answer.Ok(
                new SendPinResponse(
                    pin.PinId,
                    fields.Number,
                    ncStatus,
                    smsStatus,
                    body.TrackDelivery is true ? PinGenerator.NewId() : null
                ),
                WireJson.Default.SendPinResponse
            ),
            pin.PinId,
            fields.Number
        );
    }

    private static OperationResult Rejected(Answer answer, string? number = null) =>
        new(CallOutcome.Rejected, answer, Number: number);

    private static Dictionary<string, string[]> One(string property, params string[] texts) =>
        new(StringComparer.Ordinal) { [property] = texts };

    private static bool TryReadNcNeeded(IQueryCollection query, out bool ncNeeded)
    {
        ncNeeded = true;
        return !query.TryGetValue("ncNeeded", out var value) || bool.TryParse(value, out ncNeeded);
    }

    private bool TryFind(
        SendPinFields fields,
        [NotNullWhen(true)] out PinApplication? application,
        [NotNullWhen(true)] out PinTemplate? template,
        [NotNullWhen(false)] out string? problem
    )
    {
        application = applications.Find(fields.ApplicationId);
        template = application?.Templates.FirstOrDefault(candidate =>
            string.Equals(candidate.MessageId, fields.MessageId, StringComparison.Ordinal)
        );
        problem = (application, template) switch
        {
            (null, _) => "[applicationId : unknown application]",
            ({ Enabled: false }, _) => "[applicationId : application is disabled]",
            (_, null) => "[messageId : unknown message template]",
            _ => null,
        };
        return problem is null;
    }
}
