using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Site;

/// <summary>A site as it runs in Production, on SQLite and with the simulator as its far end.</summary>
internal sealed class ProductionSite : IAsyncDisposable
{
    private ProductionSite(TestSite site, SmtpSink mail) => (Site, mailServer) = (site, mail);

    private readonly SmtpSink mailServer;

    public TestSite Site { get; }

    /// <summary>What has been mailed by now.</summary>
    public async Task<IReadOnlyList<Letter>> ReadMailsAsync()
    {
        await Site.DeliverMailsAsync();
        return [.. mailServer.Messages.Select(Letter.Of)];
    }

    public static Task<ProductionSite> StartAsync(params (string Key, string? Value)[] changes) =>
        StartAsync("Production", changes);

    public static async Task<ProductionSite> StartAsync(
        string environment,
        params (string Key, string? Value)[] changes
    )
    {
        var mail = new SmtpSink();
        var site = await TestSite.StartAsync(
            environment,
            services =>
            {
                // Production takes no far end over http; the simulator speaks nothing else.
                services.RemoveAll<IValidateOptions<InfobipOptions>>();
            },
            [
                ("Database:Provider", "Sqlite"),
                ("Security:HashKey", Convert.ToBase64String(new byte[32])),
                ("Security:UnencryptedKeyRing", "true"),
                ("Support:Contact", "support@example.com"),
                ("Accounts:PasswordIterations", "210000"),
                ("Phone:DefaultRegion", "GB"),
                ("Phone:AllowedCountries:0", "GB"),
                ("Mail:BaseUrl", "https://accounts.example.com"),
                ("Mail:SenderAddress", "no-reply@example.com"),
                ("Mail:Smtp:Host", "127.0.0.1"),
                ("Mail:Smtp:Port", mail.Port.ToString(CultureInfo.InvariantCulture)),
                ("Mail:Smtp:Security", "None"),
                .. changes,
            ]
        );
        return new ProductionSite(site, mail);
    }

    public async Task<Person> EnrolAsync(Browser browser)
    {
        // Example numbers are refused here; this one is of a real range.
        var person = Person.New() with
        {
            Number = "+447400123456",
        };
        await (await RegisterPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
        var link = (await ReadMailsAsync())[^1].PathAndQuery;
        await browser.SubmitAsync(await browser.GoAsync(link), "main form");
        await browser.SignInAsync(person);
        await (await browser.ProveNumberAsync(Site, person)).TurnOnAsync();
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await mailServer.DisposeAsync();
    }
}
