using System.Text.Json;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What a developer gets without naming any server: the mails beside the messages, each link to be pressed.</summary>
public sealed class PickupFolderTests
{
    [Fact]
    public async Task A_mail_of_the_site_is_on_the_web_phone_and_its_link_confirms_the_address()
    {
        var folder = Directory.CreateTempSubdirectory("otp2fa-pickup-");
        try
        {
            var port = SiteProcess.FreePort();
            await using var site = await SiteProcess.StartAsync(
                new Dictionary<string, string?>
                {
                    ["ConnectionStrings:Otp2fa"] =
                        $"Data Source={Path.Combine(folder.FullName, "site.db")}",
                    ["Simulator:Port"] = $"{port}",
                    ["Mail:PickupFolder"] = Path.Combine(folder.FullName, "mail"),
                }
            );
            var (browser, person) = (new Browser(site), Person.New());
            await (await RegisterPage.OpenAsync(browser)).SubmitAsync(
                person.Email,
                person.Password
            );

            var mail = await FirstMailAsync(new Uri($"http://localhost:{port}/phone/mails.json"));

            Assert.Equal(person.Email, mail.GetProperty("to").GetString());
            var link = new Uri(mail.GetProperty("links")[0].GetString()!);
            await browser.SubmitAsync(await browser.GoAsync(link.PathAndQuery), "main form");
            await browser.SignInAsync(person);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<JsonElement> FirstMailAsync(Uri address)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, address);
            var answer = await http.SendAsync(question, patience.Token);
            var mails = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(patience.Token));
            if (mails.RootElement.GetArrayLength() > 0)
            {
                return mails.RootElement[0];
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }
}
