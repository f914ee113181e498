using System.Security.Cryptography;

namespace Otp2fa.InfobipSimulator.Api;

/// <summary>Writes answers with the headers Infobip's recorded answers carry.</summary>
internal static class AnswerWriter
{
    private const int RequestIdDigits = 19;

    public static async Task WriteAsync(
        HttpContext context,
        Answer answer,
        CancellationToken cancellationToken
    )
    {
        WriteHeaders(context.Response, answer);
        await context.Response.Body.WriteAsync(answer.Body, cancellationToken);
    }

    /// <summary>Headers at once, then a byte after each pause, until the caller hangs up.</summary>
    public static async Task DripAsync(
        HttpContext context,
        Answer answer,
        TimeSpan pause,
        TimeProvider time,
        CancellationToken stopping
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            stopping,
            context.RequestAborted
        );
        WriteHeaders(context.Response, answer);
        await context.Response.StartAsync(either.Token);
        await context.Response.Body.FlushAsync(either.Token);
        for (var index = 0; index < answer.Body.Length; index++)
        {
            await Task.Delay(pause, time, either.Token);
            await context.Response.Body.WriteAsync(answer.Body.Slice(index, 1), either.Token);
            await context.Response.Body.FlushAsync(either.Token);
        }
    }

    private static void WriteHeaders(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Status;
        response.Headers.Server = "SMS,API";
        response.Headers["X-Request-Id"] = RandomNumberGenerator.GetString(
            "123456789",
            RequestIdDigits
        );
        if (answer.RetryAfter is not null)
        {
            response.Headers.RetryAfter = answer.RetryAfter;
        }

        // A status such as 204 or 304 may not announce a body.
        if (
            answer.Status
            is >= 200
                and not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        )
        {
            response.ContentLength = answer.Body.Length;
            response.ContentType = answer.Body.IsEmpty ? null : answer.ContentType;
        }
    }
}
