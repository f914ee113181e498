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
internal sealed class InfobipClient(HttpClient http, IOptions<InfobipOptions> options)
{
    /// <summary>Asks for a new PIN by SMS to <paramref name="digits"/>, a number without its plus sign.</summary>
    public Task<InfobipReply> SendPinAsync(string digits)
    {
        var settings = options.Value;
        var body = new PinSendRequest(
            settings.ApplicationId!,
            settings.MessageId!,
            digits,
            settings.Sender
        );
        return PostAsync(
            Request("2fa", "2", "pin")
                .SetQueryParam("ncNeeded", settings.NumberLookup ? "true" : "false"),
            JsonSerializer.SerializeToUtf8Bytes(body, InfobipJson.Default.PinSendRequest)
        );
    }

    /// <summary>Asks whether <paramref name="pin"/> is the PIN behind <paramref name="pinId"/>.</summary>
    /// <param name="pinId">One that <see cref="PinIds.IsUsable"/> accepts.</param>
    /// <param name="pin">Digits.</param>
    public Task<InfobipReply> VerifyPinAsync(string pinId, string pin) =>
        PostAsync(
            // Flurl lets a slash in a segment through; the id has to arrive as one segment whatever it holds.
            Request("2fa", "2", "pin", Uri.EscapeDataString(pinId), "verify"),
            JsonSerializer.SerializeToUtf8Bytes(
                new PinVerifyRequest(pin),
                InfobipJson.Default.PinVerifyRequest
            )
        );

    // Made per call and never disposed: it only wraps the factory's client, and disposing it would dispose that too.
    private IFlurlRequest Request(params object[] segments) =>
        new FlurlClient(http).Request(segments).AllowAnyHttpStatus();

    private async Task<InfobipReply> PostAsync(IFlurlRequest request, byte[] json)
    {
        var started = Stopwatch.GetTimestamp();

        // Real time, not the site's TimeProvider: this bounds a socket, and a clock standing still in a test must not
        // leave it open for ever.
        using var deadline = new CancellationTokenSource(options.Value.Timeout);
        using var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        try
        {
            using var response = await request.SendAsync(
                HttpMethod.Post,
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
            ErrorType = cause?.GetBaseException().GetType().Name,
            TransportError = (cause as HttpRequestException)?.HttpRequestError,
            Elapsed = Stopwatch.GetElapsedTime(started),
        };
    }

    // Nothing compressed is asked for, so whatever claims to be is not an answer to this request.
    private static bool ClaimsPlainJson(HttpContentHeaders headers) =>
        headers.ContentEncoding.Count == 0
        && (
            headers.ContentType?.MediaType is not { } mediaType
            || mediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)
        );
}
