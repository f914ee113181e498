using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text.Json;
using Flurl.Http;
using Microsoft.Extensions.Options;

namespace Otp2fa.Web.Infobip;

/// <summary>
/// Infobip's 2FA API, one method per call, exactly one request each: neither a failure nor a redirect leads to a second
/// one. Each takes at most <see cref="InfobipOptions.Timeout"/> and reports what came back instead of throwing.
/// </summary>
/// <param name="http">The factory's client, set up by <see cref="InfobipRegistration"/>.</param>
/// <param name="options">Ids and limits.</param>
/// <param name="telemetry">Told of every call.</param>
/// <param name="time">What a date in <c>Retry-After</c> is compared with.</param>
internal sealed class InfobipClient(
    HttpClient http,
    IOptions<InfobipOptions> options,
    TimeProvider time,
    InfobipTelemetry telemetry
)
{
    /// <summary>Asks for a new PIN by message to <paramref name="digits"/>, a number without its plus sign.</summary>
    public Task<InfobipReply> SendPinAsync(string digits) =>
        PostAsync(
            "/2fa/2/pin",
            Request("2fa", "2", "pin")
                .SetQueryParam("ncNeeded", options.Value.NumberLookup ? "true" : "false"),
            SendBody(digits)
        );

    /// <summary>Asks for a new PIN by a telephone call; this one takes no look-up of the number.</summary>
    public Task<InfobipReply> CallWithPinAsync(string digits) =>
        PostAsync("/2fa/2/pin/voice", Request("2fa", "2", "pin", "voice"), SendBody(digits));

    /// <summary>Asks for the PIN behind <paramref name="pinId"/> once more by message.</summary>
    public Task<InfobipReply> ResendPinAsync(string pinId) =>
        PostAsync(
            "/2fa/2/pin/{pinId}/resend",
            Request([.. PinPath(pinId), "resend"]),
            ResendBody()
        );

    /// <summary>Asks for the PIN behind <paramref name="pinId"/> once more by a telephone call.</summary>
    public Task<InfobipReply> CallAgainWithPinAsync(string pinId) =>
        PostAsync(
            "/2fa/2/pin/{pinId}/resend/voice",
            Request([.. PinPath(pinId), "resend", "voice"]),
            ResendBody()
        );

    /// <summary>Reads the application of the settings: its limits and lifetimes. Needs the scope <c>2fa:manage</c>.</summary>
    public Task<InfobipReply> ReadApplicationAsync() =>
        GetAsync("/2fa/2/applications/{appId}", Request(ApplicationPath()));

    /// <summary>Reads the message template of the settings. Needs the scope <c>2fa:manage</c>.</summary>
    public Task<InfobipReply> ReadTemplateAsync() =>
        GetAsync(
            "/2fa/2/applications/{appId}/messages/{msgId}",
            Request([.. ApplicationPath(), "messages", Escaped(options.Value.MessageId!)])
        );

    /// <summary>Reads what became of the PINs of a number.</summary>
    /// <param name="digits">The number without its plus sign.</param>
    public Task<InfobipReply> ReadVerificationsAsync(string digits) =>
        GetAsync(
            "/2fa/2/applications/{appId}/verifications",
            Request([.. ApplicationPath(), "verifications"]).SetQueryParam("msisdn", digits)
        );

    /// <summary>Asks whether <paramref name="pin"/> is the PIN behind <paramref name="pinId"/>.</summary>
    /// <param name="pinId">One that <see cref="PinIds.IsUsable"/> accepts.</param>
    /// <param name="pin">Digits.</param>
    public Task<InfobipReply> VerifyPinAsync(string pinId, string pin) =>
        PostAsync(
            "/2fa/2/pin/{pinId}/verify",
            Request([.. PinPath(pinId), "verify"]),
            JsonSerializer.SerializeToUtf8Bytes(
                new PinVerifyRequest(pin),
                InfobipJson.Default.PinVerifyRequest
            )
        );

    private static byte[] ResendBody() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new PinResendRequest(),
            InfobipJson.Default.PinResendRequest
        );

    // Flurl lets a slash in a segment through; an id has to arrive as one segment whatever it holds.
    private static string Escaped(string id) => Uri.EscapeDataString(id);

    private static object[] PinPath(string pinId) => ["2fa", "2", "pin", Escaped(pinId)];

    private object[] ApplicationPath() =>
        ["2fa", "2", "applications", Escaped(options.Value.ApplicationId!)];

    private byte[] SendBody(string digits)
    {
        var settings = options.Value;
        return JsonSerializer.SerializeToUtf8Bytes(
            new PinSendRequest(
                settings.ApplicationId!,
                settings.MessageId!,
                digits,
                settings.Sender
            ),
            InfobipJson.Default.PinSendRequest
        );
    }

    // Made per call and never disposed: it only wraps the factory's client, and disposing it would dispose that too.
    private IFlurlRequest Request(params object[] segments) =>
        new FlurlClient(http).Request(segments).AllowAnyHttpStatus();

    private Task<InfobipReply> GetAsync(string route, IFlurlRequest request) =>
        ObserveAsync(route, request, HttpMethod.Get, content: null);

    private async Task<InfobipReply> PostAsync(string route, IFlurlRequest request, byte[] json)
    {
        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        return await ObserveAsync(route, request, HttpMethod.Post, content);
    }

    private async Task<InfobipReply> ObserveAsync(
        string route,
        IFlurlRequest request,
        HttpMethod method,
        HttpContent? content
    )
    {
        using var span = InfobipTelemetry.Begin(method, route, http.BaseAddress!.Host);
        var reply = await AskAsync(request, method, content);
        telemetry.End(span, method, route, reply);
        return reply;
    }

    private async Task<InfobipReply> AskAsync(
        IFlurlRequest request,
        HttpMethod method,
        HttpContent? content
    )
    {
        var started = Stopwatch.GetTimestamp();

        // Real time, not the site's TimeProvider: this bounds a socket, and a clock standing still in a test must not
        // leave it open for ever.
        using var deadline = new CancellationTokenSource(options.Value.Timeout);
        try
        {
            using var response = await request.SendAsync(
                method,
                content,
                deadline.Token,
                HttpCompletionOption.ResponseHeadersRead
            );
            return await ReadAsync(response, started, deadline.Token);
        }
        catch (FlurlHttpException exception)
        {
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
