using System.Text;

namespace Otp2fa.Web.Tests.Support;

/// <summary>The ways a far end behaves.</summary>
internal static class UpstreamScripts
{
    public static UpstreamScript Json(int status, string body, params string[] headers) =>
        Reply(status, Encoding.UTF8.GetBytes(body), ["Content-Type: application/json", .. headers]);

    /// <summary>A whole answer with a right Content-Length; the connection stays open.</summary>
    public static UpstreamScript Reply(int status, byte[] body, params string[] headers) =>
        async (connection, stopping) =>
        {
            await WriteHeadAsync(
                connection,
                status,
                [$"Content-Length: {body.Length}", .. headers],
                stopping
            );
            await connection.WriteAsync(body, stopping);
            return AfterAnswer.KeepOpen;
        };

    /// <summary>These bytes, then the end of the connection.</summary>
    public static UpstreamScript Raw(string bytes) =>
        async (connection, stopping) =>
        {
            await connection.WriteAsync(Encoding.Latin1.GetBytes(bytes), stopping);
            return AfterAnswer.Close;
        };

    public static UpstreamScript HangUp() => (_, _) => Task.FromResult(AfterAnswer.Close);

    public static UpstreamScript Silence() =>
        async (_, stopping) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
            return AfterAnswer.Close;
        };

    /// <summary>Headers at once, then the body byte by byte; <paramref name="body"/> takes far longer than any time-out.</summary>
    public static UpstreamScript Drip(int status, string body) =>
        async (connection, stopping) =>
        {
            await WriteHeadAsync(
                connection,
                status,
                [$"Content-Length: {body.Length}", "Content-Type: application/json"],
                stopping
            );
            foreach (var character in body)
            {
                await connection.WriteAsync(new[] { (byte)character }, stopping);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stopping);
            }

            return AfterAnswer.Close;
        };

    /// <summary>Chunks without end and without an announced length.</summary>
    public static UpstreamScript EndlessChunks(int status) =>
        async (connection, stopping) =>
        {
            await WriteHeadAsync(
                connection,
                status,
                ["Transfer-Encoding: chunked", "Content-Type: application/json"],
                stopping
            );
            var chunk = Encoding.ASCII.GetBytes($"400\r\n{new string(' ', 1024)}\r\n");
            while (!stopping.IsCancellationRequested)
            {
                await connection.WriteAsync(chunk, stopping);
            }

            return AfterAnswer.Close;
        };

    private static async Task WriteHeadAsync(
        Stream connection,
        int status,
        IEnumerable<string> headers,
        CancellationToken stopping
    )
    {
        var head = string.Join("\r\n", [$"HTTP/1.1 {status} Scripted", .. headers, "\r\n"]);
        await connection.WriteAsync(Encoding.Latin1.GetBytes(head), stopping);
        await connection.FlushAsync(stopping);
    }
}
