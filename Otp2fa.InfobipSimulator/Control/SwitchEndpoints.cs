using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;

namespace Otp2fa.InfobipSimulator.Control;

/// <summary>
/// The switches of the assumptions over HTTP. What GET answers can be sent back with PUT; PUT moves the switches it names
/// and no others, all or, when one cannot be moved, none; DELETE puts them where they were at the start.
/// </summary>
internal static class SwitchEndpoints
{
    public static void MapSwitches(
        this IEndpointRouteBuilder control,
        AssumptionsInForce assumptions
    )
    {
        control.MapGet("/switches", () => Positions(assumptions));
        control.MapPut(
            "/switches",
            (Delegate)((HttpContext context) => MoveAsync(context, assumptions))
        );
        control.MapDelete(
            "/switches",
            () =>
            {
                assumptions.Reset();
                return Results.NoContent();
            }
        );
    }

    private static IResult Positions(AssumptionsInForce assumptions)
    {
        var current = assumptions.Current;
        var positions = new JsonObject();
        foreach (var one in AssumptionSwitch.All)
        {
            positions[one.Name] = one.Read(current);
        }

        return Results.Text(positions.ToJsonString(), Answer.Json, Encoding.UTF8);
    }

    private static async Task<IResult> MoveAsync(
        HttpContext context,
        AssumptionsInForce assumptions
    )
    {
        if (!context.Request.HasJsonContentType())
        {
            return ControlEndpoints.Refused("Send application/json.");
        }

        string? problem = null;
        try
        {
            using var body = await JsonDocument.ParseAsync(
                context.Request.Body,
                cancellationToken: context.RequestAborted
            );
            var wanted = body.RootElement;
            if (wanted.ValueKind != JsonValueKind.Object)
            {
                return ControlEndpoints.Refused("Send an object of switches and positions.");
            }

            assumptions.Change(current => Moved(current, wanted, out problem));
        }
        catch (JsonException malformed)
        {
            return ControlEndpoints.Refused(malformed.Message);
        }

        return problem is null ? Positions(assumptions) : ControlEndpoints.Refused(problem);
    }

    private static SimulatorAssumptions Moved(
        SimulatorAssumptions current,
        JsonElement wanted,
        out string? problem
    )
    {
        var moved = current;
        foreach (var entry in wanted.EnumerateObject())
        {
            problem = AssumptionSwitch.Problem(
                moved,
                entry.Name,
                entry.Value.ToString(),
                out moved
            );
            if (problem is not null)
            {
                return current;
            }
        }

        problem = null;
        return moved;
    }
}
