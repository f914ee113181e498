using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Mime;
using Flurl.Http;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Calls to Infobip, exactly one request each: neither a failure nor a redirect leads to a second one. Each takes at most
/// <see cref="InfobipOptions.Timeout"/> and reports what came back instead of throwing.
/// </summary>
/// <param name="http">The factory's client, set up by <see cref="InfobipRegistration"/>.</param>
/// <param name="options">Limits.</param>
/// <param name="telemetry">Told of every call.</param>
/// <param name="time">What a date in <c>Retry-After</c> is compared with.</param>
internal sealed class InfobipCaller(
    HttpClient http,
    IOptions<InfobipOptions> options,
    TimeProvider time,
    InfobipTelemetry telemetry
)
{
    /// <summary>An id as one segment, whatever it holds: Flurl lets a slash in a segment through.</summary>
    public static string Escaped(string id) => Uri.EscapeDataString(id);

    // Made per call and never disposed: it only wraps the factory's client, and disposing it would dispose that too.
    public IFlurlRequest Request(params object[] segments) =>
        new FlurlClient(http).Request(segments).AllowAnyHttpStatus();

    /// <param name="route">The path without ids, for the telemetry.</param>
    /// <param name="request">Whom to ask.</param>
    /// <param name="stop">Gives the call up. Only reads are: of a write nobody could say whether it was done.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public Task<InfobipReply> GetAsync(
        string route,
        IFlurlRequest request,
        CancellationToken stop
    ) => ObserveAsync(route, request, HttpMethod.Get, content: null, stop);

    /// <param name="route">The path without ids, for the telemetry.</param>
    /// <param name="request">Whom to ask.</param>
    /// <param name="json">What is written.</param>
    /// <param name="stop">Gives the call up, where nobody would miss what it did.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public Task<InfobipReply> PostAsync(
        string route,
        IFlurlRequest request,
        byte[] json,
        CancellationToken stop
    ) => SendAsync(route, request, HttpMethod.Post, json, stop);

    public Task<InfobipReply> PutAsync(string route, IFlurlRequest request, byte[] json) =>
        SendAsync(route, request, HttpMethod.Put, json, CancellationToken.None);

    private async Task<InfobipReply> SendAsync(
        string route,
        IFlurlRequest request,
        HttpMethod method,
        byte[] json,
        CancellationToken stop
    )
    {
        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        return await ObserveAsync(route, request, method, content, stop);
    }

    private async Task<InfobipReply> ObserveAsync(
        string route,
        IFlurlRequest request,
        HttpMethod method,
        HttpContent? content,
        CancellationToken stop
    )
    {
        using var span = InfobipTelemetry.Begin(method, route, http.BaseAddress!.Host);
        var reply = await AskAsync(request, method, content, stop);
        telemetry.End(span, method, route, reply);
        return reply;
    }

    private async Task<InfobipReply> AskAsync(
        IFlurlRequest request,
        HttpMethod method,
        HttpContent? content,
        CancellationToken stop
    )
    {
        var started = Stopwatch.GetTimestamp();

        // Real time, not the site's TimeProvider: this bounds a socket, and a clock standing still in a test must not
        // leave it open for ever.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(options.Value.Timeout);
        try
        {
            using var response = await request.SendAsync(
                method,
                content,
                deadline.Token,
                HttpCompletionOption.ResponseHeadersRead
            );
            var reply = await ReadAsync(response, started, deadline.Token);
            stop.ThrowIfCancellationRequested();
            return reply;
        }
        catch (FlurlHttpException exception)
        {
            stop.ThrowIfCancellationRequested();
            return new InfobipReply
            {
                Fault =
                    exception is FlurlHttpTimeoutException || deadline.IsCancellationRequested
                        ? ReplyFault.Timeout
                        : ReplyFault.Connection,
                ErrorType = exception.GetBaseException().GetType().Name,
                TransportError = (
                    exception.InnerException as HttpRequestException
                )?.HttpRequestError,
                Elapsed = Stopwatch.GetElapsedTime(started),
            };
        }
    }

    private async Task<InfobipReply> ReadAsync(
        HttpResponseMessage response,
        long started,
        CancellationToken deadline
    )
    {
        var fault = ReplyFault.None;
        ReadOnlyMemory<byte> json = default;
        Exception? cause = null;
        try
        {
            await response.Content.LoadIntoBufferAsync(options.Value.MaxResponseBytes, deadline);
            if (ClaimsPlainJson(response.Content.Headers))
            {
                json = await response.Content.ReadAsByteArrayAsync(deadline);
            }
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cause = exception;
            fault = exception switch
            {
                OperationCanceledException => ReplyFault.Timeout,
                _ when deadline.IsCancellationRequested => ReplyFault.Timeout,
                HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConfigurationLimitExceeded
                } => ReplyFault.Oversized,
                _ => ReplyFault.Cut,
            };
        }

        return new InfobipReply
        {
            Status = (int)response.StatusCode,
            Fault = fault,
            Json = json,
            Date = response.Headers.Date,
            RequestId = response.Headers.TryGetValues("X-Request-Id", out var ids)
                ? ids.First()
                : null,
            RetryAfter = RetryAfterOf(response.Headers.RetryAfter),
            ErrorType = cause?.GetBaseException().GetType().Name,
            TransportError = (cause as HttpRequestException)?.HttpRequestError,
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    private TimeSpan? RetryAfterOf(RetryConditionHeaderValue? header) =>
        (header?.Delta ?? header?.Date - time.GetUtcNow()) is { } wait
            ? TimeSpan.FromTicks(Math.Max(0, wait.Ticks))
            : null;

    // Nothing compressed is asked for, so whatever claims to be is not an answer to this request.
    private static bool ClaimsPlainJson(HttpContentHeaders headers) =>
        headers.ContentEncoding.Count == 0
        && (
            headers.ContentType?.MediaType is not { } mediaType
            || mediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        );
}
