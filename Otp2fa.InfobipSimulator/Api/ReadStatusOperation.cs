using Otp2fa.InfobipSimulator.Api.Wire;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>
/// Tells of every PIN an application has generated for a number whether it went out and whether it was verified, oldest
/// first.
/// </summary>
internal sealed class ReadStatusOperation(Account account, Refusals refusals) : IOperation
{
    public InfobipOperation Kind => InfobipOperation.ReadStatus;

    public string Method => HttpMethods.Get;

    public string Pattern => "/2fa/2/applications/{appId}/verifications";

    public OperationResult Execute(OperationRequest request)
    {
        var applicationId = request.RouteValue("appId");
        if (account.Applications.Find(applicationId) is null)
        {
            return refusals.NotFound();
        }

        var violations = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var number = ReadNumber(request, violations);
        var verified = ReadFlag(request, "verified", violations);
        var sent = ReadFlag(request, "sent", violations);
        if (violations.Count > 0)
        {
            return refusals.Invalid(violations);
        }

        return new OperationResult(
            CallOutcome.Done,
            Answer.Ok(
                new StatusResponse([
                    .. account
                        .Pins.Of(applicationId, number)
                        .Select(pin => Entry(pin, request.Assumptions))
                        .Where(entry => verified is null || entry.Verified == verified)
                        .Where(entry => sent is null || entry.SentAt is not null == sent),
                ]),
                WireJson.Default.StatusResponse
            ),
            Number: number
        );
    }

    private static string ReadNumber(
        OperationRequest request,
        Dictionary<string, string[]> violations
    )
    {
        // An unescaped plus sign arrives as a space.
        var text = request.Query["msisdn"].ToString().Trim();
        if (text.Length == 0)
        {
            violations["msisdn"] = ["must not be blank"];
        }
        else if (
            PhoneNumber.TryNormalise(text, out var digits, request.Assumptions.PlusSignAccepted)
        )
        {
            return digits;
        }
        else
        {
            violations["msisdn"] = ["must be 6 to 15 digits in international format"];
        }

        return "";
    }

    private static bool? ReadFlag(
        OperationRequest request,
        string name,
        Dictionary<string, string[]> violations
    )
    {
        if (!request.TryReadFlag(name, out var flag))
        {
            violations[name] = ["must be true or false"];
        }

        return flag;
    }

    private static VerificationEntry Entry(IssuedPin pin, SimulatorAssumptions assumptions)
    {
        var verifiedAt = pin.VerifiedAt;
        return new VerificationEntry(
            pin.Number,
            verifiedAt is not null,
            Timestamp(verifiedAt ?? (assumptions.UnverifiedHasVerifiedAt ? pin.SentAt : null)),
            Timestamp(pin.IsDelivered ? pin.SentAt : null)
        );

        long? Timestamp(DateTimeOffset? instant) =>
            assumptions.TimestampsInMilliseconds
                ? instant?.ToUnixTimeMilliseconds()
                : instant?.ToUnixTimeSeconds();
    }
}
