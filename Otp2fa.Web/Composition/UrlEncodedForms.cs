using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace Otp2fa.Web.Composition;

/// <summary>
/// No page takes a file, so a form is what every browser sends for one without: URL-encoded, in UTF-8. Anything else is
/// refused with 415 before it is read; the framework would fail on charsets that .NET does not know, such as utf-7,
/// also inside the parts of a multipart form. A form that cannot be read is refused here too, with the status that says
/// why: antiforgery would call it out of date.
/// </summary>
internal sealed class UrlEncodedForms(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsUrlEncoded(context.Request.ContentType))
        {
            Refuse(context, StatusCodes.Status415UnsupportedMediaType);
            return;
        }

        if (context.Request.HasFormContentType && !await TryReadAsync(context))
        {
            return;
        }

        await next(context);
    }

    private static bool IsUrlEncoded(string? contentType) =>
        string.IsNullOrEmpty(contentType)
        || (
            MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(
                MediaTypeNames.Application.FormUrlEncoded,
                StringComparison.OrdinalIgnoreCase
            )
            && (
                !type.Charset.HasValue
                || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            )
        );

    private static async Task<bool> TryReadAsync(HttpContext context)
    {
        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return true;
        }
        catch (BadHttpRequestException exception)
        {
            Refuse(context, exception.StatusCode);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Not a form, or what carries it is broken, or nobody is there any more.
            Refuse(context, StatusCodes.Status400BadRequest);
        }

        return false;
    }

    private static void Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        // Nothing reads it any more, the error page neither.
        context.Request.ContentType = null;
    }
}
