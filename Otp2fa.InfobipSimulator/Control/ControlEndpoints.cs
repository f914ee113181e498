using System.Text.Json;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.InfobipSimulator.Hosting;

namespace Otp2fa.InfobipSimulator.Control;

/// <summary>
/// Faults, the log of calls and the switches over HTTP, for tests in another process and for trying things by hand. Not part of
/// Infobip's API: needs no key, answers this machine only, and never shows a PIN.
/// </summary>
internal static class ControlEndpoints
{
    public static void MapControl(
        this IEndpointRouteBuilder routes,
        FaultPlan faults,
        CallLog calls,
        AssumptionsInForce assumptions
    )
    {
        var control = routes
            .MapGroup("/simulator")
            .AddEndpointFilter<RouteGroupBuilder, LocalCallersOnly>();
        control.MapGet("/calls", () => Calls(calls));
        control.MapDelete(
            "/calls",
            () =>
            {
                calls.Clear();
                return Results.NoContent();
            }
        );
        control.MapGet(
            "/faults",
            () => Results.Json(faults.Planned, ControlJson.Default.IReadOnlyListPlannedFault)
        );
        control.MapPost("/faults", (Delegate)((HttpContext context) => PlanAsync(context, faults)));
        control.MapDelete(
            "/faults",
            () =>
            {
                faults.Clear();
                return Results.NoContent();
            }
        );
        control.MapSwitches(assumptions);
    }

    private static IResult Calls(CallLog calls)
    {
        var all = calls.All;
        var counts = Enum.GetValues<InfobipOperation>()
            .ToDictionary(
                Name,
                operation => all.Count(call => call.Operation == operation),
                StringComparer.Ordinal
            );
        return Results.Json(new CallsResponse(counts, all), ControlJson.Default.CallsResponse);
    }

    private static async Task<IResult> PlanAsync(HttpContext context, FaultPlan faults)
    {
        // Asking for JSON also keeps web pages out: a browser sends it across origins only after asking.
        if (!context.Request.HasJsonContentType())
        {
            return Refused("Send application/json.");
        }

        PlanFaultRequest? plan;
        try
        {
            plan = await JsonSerializer.DeserializeAsync(
                context.Request.Body,
                ControlJson.Default.PlanFaultRequest,
                context.RequestAborted
            );
        }
        catch (JsonException malformed)
        {
            return Refused(malformed.Message);
        }

        switch (plan)
        {
            case { Fault: { } fault } when fault.Problem() is { } problem:
                return Refused(problem);
            case { Operation: { } operation, Fault: { } fault, Calls: null }:
                faults.ForAll(operation, fault);
                return Results.NoContent();
            case { Operation: { } operation, Fault: { } fault, Calls: { } count and >= 1 }:
                faults.ForNext(operation, fault, count);
                return Results.NoContent();
            default:
                var names = string.Join(", ", Enum.GetValues<InfobipOperation>().Select(Name));
                return Refused(
                    $"Name an operation ({names}), a fault, and calls of at least 1 or none for all."
                );
        }
    }

    /// <summary>How the control addresses call an operation.</summary>
    internal static string Name(InfobipOperation operation) =>
        JsonSerializer
            .SerializeToElement(operation, ControlJson.Default.InfobipOperation)
            .GetString()!;

    internal static IResult Refused(string why) =>
        Results.Json(
            new ControlError(why),
            ControlJson.Default.ControlError,
            statusCode: StatusCodes.Status400BadRequest
        );
}
