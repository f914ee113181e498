using System.Text;
using Otp2fa.InfobipSimulator.Hosting;
using Otp2fa.InfobipSimulator.Pins;

namespace Otp2fa.InfobipSimulator.Phone;

/// <summary>The addresses of the web phone.</summary>
internal static class PhoneEndpoints
{
    public static void MapPhone(
        this IEndpointRouteBuilder routes,
        PhoneInbox inbox,
        TimeProvider time
    )
    {
        var page = new PhonePage(inbox, time);
        var phone = routes.MapGroup("").AddEndpointFilter<RouteGroupBuilder, LocalCallersOnly>();
        phone.AddEndpointFilter<RouteGroupBuilder, PageHeaders>();
        phone.MapGet("/phone", () => Html(page.Render(number: null)));
        phone.MapGet("/phone/{number}", (string number) => Html(page.Render(Digits(number))));
        phone.MapGet(
            "/phone/messages",
            (string? number) => Html(page.RenderScreen(Digits(number)))
        );
        phone.MapGet(
            "/phone/messages.json",
            (string? number) =>
                Results.Json(
                    inbox.Messages(Digits(number)),
                    PhoneJson.Default.IReadOnlyListPhoneMessage
                )
        );
        phone.MapGet(
            "/phone/phone.css",
            () => Results.Text(PhoneFiles.Style, "text/css", Encoding.UTF8)
        );
        phone.MapGet(
            "/phone/phone.js",
            () => Results.Text(PhoneFiles.Script, "text/javascript", Encoding.UTF8)
        );
        phone.MapGet(
            "/phone/phone.svg",
            () => Results.Text(PhoneFiles.Icon, "image/svg+xml", Encoding.UTF8)
        );
    }

    private static IResult Html(string html) => Results.Text(html, "text/html", Encoding.UTF8);

    /// <summary>In a query an unescaped plus sign arrives as a space.</summary>
    private static string? Digits(string? number) =>
        string.IsNullOrWhiteSpace(number) ? null
        : PhoneNumber.TryNormalise(number.Trim(), out var digits) ? digits
        : number;
}
