using System.Net.Mime;

namespace Otp2fa.Web.Composition;

/// <summary>
/// Forms are UTF-8, as every browser sends them. Another charset in the content type is refused with 415; the framework
/// would fail on those that .NET does not read, such as utf-7.
/// </summary>
internal sealed class Utf8Forms(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsUtf8(context.Request.ContentType))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        // Nothing reads it any more, the error page neither.
        context.Request.ContentType = null;
        return Task.CompletedTask;
    }

    private static bool IsUtf8(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return true;
        }

        try
        {
            return new ContentType(contentType).CharSet is not { } charset
                || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
