using Otp2fa.InfobipSimulator.Api;

namespace Otp2fa.InfobipSimulator.Hosting;

/// <summary>Turns what an endpoint throws into the answer Infobip would give, so no caller waits for one.</summary>
internal sealed partial class FailureAnswers(
    RequestDelegate next,
    ErrorAnswers errors,
    ILogger<FailureAnswers> logger
)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException)
        {
            // The simulator is stopping or the caller has hung up.
            context.Abort();
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            await AnswerWriter.WriteAsync(
                context,
                errors.Of(refused.StatusCode),
                context.RequestAborted
            );
        }
#pragma warning disable CA1031 // The last resort of a server: whatever was thrown becomes a 500.
        catch (Exception failure) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            Log.Failed(logger, failure);
            await AnswerWriter.WriteAsync(
                context,
                errors.Of(StatusCodes.Status500InternalServerError),
                context.RequestAborted
            );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Error, "The simulator failed to answer")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
