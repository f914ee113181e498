using System.Net;

namespace Otp2fa.InfobipSimulator.Hosting;

/// <summary>
/// Keeps the phone and the control addresses to this machine. The socket is bound to loopback already; the name in the
/// Host header is checked too, because a web page elsewhere can point a name of its own at 127.0.0.1.
/// </summary>
internal sealed class LocalCallersOnly : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context,
        EndpointFilterDelegate next
    )
    {
        var http = context.HttpContext;
        var local =
            http.Connection.RemoteIpAddress is { } caller
            && IPAddress.IsLoopback(caller)
            && http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
        return local ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}
