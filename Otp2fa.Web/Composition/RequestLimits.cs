using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Accounts.Sessions;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Operations.Health;

namespace Otp2fa.Web.Composition;

/// <summary>
/// How many requests, and how large ones, are taken at all (L18, L19): a first, cheap layer of each instance by itself, by the
/// machine's clock. What must be exact is counted in the database.
/// </summary>
internal static class RequestLimits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // So that a minute slides in steps of ten seconds.
    private const int Segments = 6;
    private const int QuietMilliseconds = 1000;

    public static IServiceCollection AddRequestLimits(this IServiceCollection services)
    {
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<IOptions<LimitsOptions>>(
                (kestrel, limits) =>
                {
                    kestrel.AddServerHeader = false;
                    kestrel.Limits.MaxRequestBodySize = limits.Value.FormBytes;
                    kestrel.Limits.MaxRequestHeadersTotalSize = limits.Value.HeaderBytes;
                    kestrel.Limits.RequestHeadersTimeout = limits.Value.HeaderTime;
                }
            );
        services
            .AddOptions<FormOptions>()
            .Configure<IOptions<LimitsOptions>>(
                (forms, limits) =>
                {
                    forms.BufferBodyLengthLimit = limits.Value.FormBytes;
                    forms.ValueCountLimit = limits.Value.FormFields;
                    forms.ValueLengthLimit = limits.Value.FormFieldLength;
                    forms.KeyLengthLimit = 256;
                }
            );
        services.AddRateLimiter(_ => { });
        services
            .AddOptions<RateLimiterOptions>()
            .Configure<IOptions<LimitsOptions>, IAuditTrail, ILogger<RateLimiterOptions>>(
                (limiter, limits, audit, logger) =>
                {
                    limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                    limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                        PartitionedRateLimiter.Create<HttpContext, string>(context =>
                            BySession(context, limits.Value)
                        ),
                        PartitionedRateLimiter.Create<HttpContext, string>(context =>
                            ByAddress(context, limits.Value)
                        )
                    );
                    long toldAt = 0;
                    limiter.OnRejected = (rejected, _) =>
                    {
                        // Who sends a thousand must not fill the logs with a thousand lines.
                        var (now, last) = (Environment.TickCount64, Volatile.Read(ref toldAt));
                        if (
                            now - last >= QuietMilliseconds
                            && Interlocked.CompareExchange(ref toldAt, now, last) == last
                        )
                        {
                            logger.TooManyRequests();
                            audit.Record(AuditKind.RequestRefused);
                        }

                        rejected.HttpContext.Response.Headers.RetryAfter =
                            Minute.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                        return ValueTask.CompletedTask;
                    };
                }
            );
        return services;
    }

    private static RateLimitPartition<string> BySession(
        HttpContext context,
        LimitsOptions limits
    ) =>
        IsCounted(context)
        && IsForm(context)
        && context.User.FindFirst(SessionClaims.SessionId)?.Value is { } session
            ? Of($"session {session}", limits.FormsPerSessionAndMinute)
            : RateLimitPartition.GetNoLimiter("");

    // Signed in or not: whoever has one account has as many sessions as wanted.
    private static RateLimitPartition<string> ByAddress(
        HttpContext context,
        LimitsOptions limits
    ) =>
        IsCounted(context) && context.Connection.RemoteIpAddress is { } address
            ? IsForm(context)
                ? Of($"forms {RequestOrigin.AddressOf(address)}", limits.FormsPerAddressAndMinute)
                : Of($"pages {RequestOrigin.AddressOf(address)}", limits.PagesPerAddressAndMinute)
            : RateLimitPartition.GetNoLimiter("");

    // The page that says so is no request of its own; who watches the site must not be told that it is down.
    private static bool IsCounted(HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>() is null
        && context.Features.Get<IExceptionHandlerFeature>() is null
        && !HealthRegistration.IsHealth(context.Request.Path);

    private static bool IsForm(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);

    private static RateLimitPartition<string> Of(string key, int most) =>
        RateLimitPartition.GetSlidingWindowLimiter(
            key,
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = most,
                Window = Minute,
                SegmentsPerWindow = Segments,
                QueueLimit = 0,
            }
        );
}
