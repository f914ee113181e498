using System.Text;
using Otp2fa.InfobipSimulator.Hosting;

namespace Otp2fa.InfobipSimulator.Start;

/// <summary>The simulator's own page, at its root, for this machine only.</summary>
internal static class StartEndpoints
{
    public static void MapStart(this IEndpointRouteBuilder routes, StartPage page)
    {
        var style = EmbeddedFile.Read("Start/start.css");
        var start = routes
            .MapGroup("")
            .AddEndpointFilter<RouteGroupBuilder, LocalCallersOnly>()
            .AddEndpointFilter<RouteGroupBuilder, PageHeaders>();
        start.MapGet(
            "/",
            (HttpContext context) =>
                Results.Text(
                    page.Render($"{context.Request.Scheme}://{context.Request.Host}"),
                    "text/html",
                    Encoding.UTF8
                )
        );
        start.MapGet("/simulator/start.css", () => Results.Text(style, "text/css", Encoding.UTF8));
    }
}
