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
        MailFolder mails,
        TimeProvider time
    )
    {
        var page = new PhonePage(inbox, mails, time);
        var phone = routes.MapGroup("").AddEndpointFilter<RouteGroupBuilder, LocalCallersOnly>();
        phone.AddEndpointFilter<RouteGroupBuilder, PageHeaders>();
        phone.MapGet(
            "/phone",
            async (CancellationToken aborted) => Html(await page.RenderAsync(number: null, aborted))
        );
        phone.MapGet(
            "/phone/{number}",
            async (string number, CancellationToken aborted) =>
                Html(await page.RenderAsync(Digits(number), aborted))
        );
        phone.MapGet(
            "/phone/messages",
            async (string? number, CancellationToken aborted) =>
                Html(await page.RenderScreenAsync(Digits(number), aborted))
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
            "/phone/mails.json",
            async (CancellationToken aborted) =>
                Results.Json(
                    await mails.NewestAsync(aborted),
                    PhoneJson.Default.IReadOnlyListPhoneMail
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
