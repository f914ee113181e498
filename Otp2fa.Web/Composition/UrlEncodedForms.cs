using System.Net.Mime;

namespace Otp2fa.Web.Composition;

/// <summary>
/// No page takes a file, so a form is what every browser sends for one without: URL-encoded, in UTF-8. Anything else is
/// refused with 415 before it is read; the framework would fail on charsets that .NET does not know, such as utf-7,
/// also inside the parts of a multipart form.
/// </summary>
internal sealed class UrlEncodedForms(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (IsUrlEncoded(context.Request.ContentType))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        // Nothing reads it any more, the error page neither.
        context.Request.ContentType = null;
        return Task.CompletedTask;
    }

    private static bool IsUrlEncoded(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return true;
        }

        try
        {
            var type = new ContentType(contentType);
            return type.MediaType.Equals(
                    MediaTypeNames.Application.FormUrlEncoded,
                    StringComparison.OrdinalIgnoreCase
                )
                && (
                    type.CharSet is not { } charset
                    || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                );
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
