using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator.Hosting;

/// <summary>The addresses of Infobip's API.</summary>
internal static class SimulatorEndpoints
{
    public static void MapOperations(
        this IEndpointRouteBuilder routes,
        OperationRunner runner,
        IEnumerable<IOperation> operations
    )
    {
        foreach (var operation in operations)
        {
            routes.MapMethods(
                operation.Pattern,
                [operation.Method],
                (RequestDelegate)(context => runner.RunAsync(context, operation))
            );
        }
    }

    /// <summary>Any other address, and any other method of a known one, answers as an unknown URL does at Infobip.</summary>
    public static void MapUnknownAddresses(
        this IEndpointRouteBuilder routes,
        ErrorAnswers errors
    ) =>
        routes.MapFallback(
            "{**path}",
            (RequestDelegate)(
                context =>
                    AnswerWriter.WriteAsync(
                        context,
                        errors.NotFound($"Requested URL not found: {context.Request.Path}"),
                        context.RequestAborted
                    )
            )
        );
}
