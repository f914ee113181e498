using System.Net;
using System.Net.Sockets;
using System.Text;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>How many requests are taken, how large, and from where (R26, R39, L11, L18, L19).</summary>
[Trait("Covers", "R26")]
[Trait("Covers", "R37")]
[Trait("Covers", "R39")]
[Trait("Covers", "T17")]
[Trait("Covers", "L11")]
[Trait("Covers", "L18")]
[Trait("Covers", "L19")]
public sealed class RequestLimitTests
{
    private const string Login = "/Identity/Account/Login";

    [Fact]
    public async Task From_one_address_only_so_many_forms_a_minute_are_taken_and_others_are_not_concerned()
    {
        await using var site = await BehindAProxyAsync(("Limits:FormsPerAddressAndMinute", "3"));
        var browser = From(site, "203.0.113.7");
        var page = await LoginPage.OpenAsync(browser);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(
                HttpStatusCode.OK,
                (await page.PostAsync($"name{i}@example.com", "wrong")).StatusCode
            );
        }

        var refused = await page.PostAsync("name4@example.com", "wrong");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter!.Delta);
        Assert.Contains(
            "Wait a minute and try again.",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await (await LoginPage.OpenAsync(From(site, "203.0.113.8"))).PostAsync(
                    "name@example.com",
                    "wrong"
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task In_one_session_only_so_many_forms_a_minute_are_taken_wherever_they_come_from()
    {
        await using var site = await TestSite.StartAsync(("Limits:FormsPerSessionAndMinute", "2"));
        var (browser, _) = await site.SignedInPersonAsync();
        var page = await browser.GoAsync("/Identity/Account/Manage/PersonalData");
        await browser.PostAsync(page, "#download-data");
        await browser.PostAsync(page, "#download-data");

        var refused = await browser.PostAsync(page, "#download-data");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True((await browser.GoAsync("/")).Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task From_one_address_only_so_many_pages_a_minute_are_shown_and_health_is_not_counted()
    {
        await using var site = await BehindAProxyAsync(("Limits:PagesPerAddressAndMinute", "3"));
        var browser = From(site, "203.0.113.7");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.GoAsync("/Privacy")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.GoAsync("/Privacy")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GoAsync("/health/live")).Status);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("anything", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("none", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.OK)]
    public async Task A_form_that_a_browser_says_is_another_site_s_is_refused_with_a_sentence(
        string? from,
        HttpStatusCode status
    )
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();
        var page = await browser.GoAsync(Login);
        var request = Browser.Request(
            page,
            "#account",
            ("Input.Email", "nobody@example.com"),
            ("Input.Password", "wrong")
        );
        if (from is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", from);
        }

        var answer = await browser.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(
            status == HttpStatusCode.Forbidden,
            (await answer.Content.ReadAsStringAsync()).Contains(
                "came from a page of another site",
                StringComparison.Ordinal
            )
        );
    }

    [Fact]
    public async Task A_link_on_another_site_s_page_is_followed()
    {
        await using var site = await TestSite.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Host.Origin, Login));
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        Assert.Equal(HttpStatusCode.OK, (await site.NewBrowser().SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_clears_what_the_browser_kept_of_the_pages()
    {
        await using var site = await TestSite.StartAsync();
        var (browser, _) = await site.SignedInPersonAsync();
        var page = await browser.GoAsync("/Identity/Account/Logout");

        var answer = await browser.PostAsync(page, "main form");

        Assert.Equal(["\"cache\", \"storage\""], answer.Headers.GetValues("Clear-Site-Data"));
    }

    [Fact]
    public async Task From_one_address_only_so_many_new_numbers_get_codes_and_from_a_network_so_many_sign_ins()
    {
        await using var site = await BehindAProxyAsync(
            ("Limits:NewNumberSendsPerAddressAndHour", "2"),
            ("Limits:SendsPerNetworkAndHour", "1")
        );
        var person = Person.New();
        var first = From(site, "203.0.113.7");
        await first.EnrolAsync(site, person);
        await StartNumberAsync("203.0.113.7");
        Assert.Equal(2, site.Sends);

        Assert.Contains(
            "Many codes were asked for in a short time",
            (await StartNumberAsync("203.0.113.7")).Document.Body!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Equal(2, site.Sends);
        await StartNumberAsync("203.0.113.8");
        Assert.Equal(3, site.Sends);

        site.Clock.Advance(TimeSpan.FromMinutes(5));
        await From(site, "203.0.113.9").TypePasswordAsync(person);
        Assert.Equal(4, site.Sends);
        site.Clock.Advance(TimeSpan.FromMinutes(5));
        await (await LoginPage.OpenAsync(From(site, "203.0.113.10"))).SubmitAsync(
            person.Email,
            person.Password
        );
        Assert.Equal(4, site.Sends);

        async Task<HtmlPage> StartNumberAsync(string address)
        {
            var other = Person.New();
            var browser = From(site, address);
            await browser.RegisterAsync(other);
            await browser.SignInAsync(other);
            return await browser.SubmitAsync(
                await browser.GoAsync("/Identity/Account/Manage/AddPhoneNumber"),
                "main form",
                ("Input.PhoneNumber", other.Number)
            );
        }
    }

    [Theory]
    [InlineData(40_000, 413)]
    [InlineData(10_000, 400)]
    [InlineData(3_000, 200)]
    public async Task A_form_that_is_too_large_is_refused_with_a_sentence(
        int characters,
        int status
    )
    {
        await using var site = await TestSite.StartOnPortAsync();
        var browser = site.NewBrowser();
        var page = await browser.GoAsync(Login);

        var answer = await browser.PostAsync(
            page,
            "#account",
            ("Input.Email", "nobody@example.com"),
            ("Input.Password", new string('x', characters))
        );

        Assert.Equal(status, (int)answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(
            status != 200,
            body.Contains("Nothing was changed.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Too_many_fields_and_too_many_headers_are_refused()
    {
        await using var site = await TestSite.StartOnPortAsync();
        var browser = site.NewBrowser();
        var page = await browser.GoAsync(Login);

        var fields = await browser.PostAsync(
            page,
            "#account",
            [.. Enumerable.Range(0, 70).Select(i => ($"field{i}", "x"))]
        );
        Assert.Equal(HttpStatusCode.BadRequest, fields.StatusCode);

        var answer = await SpeakAsync(
            site.Host.Origin,
            $"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 40_000)}\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 431", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Server:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("fffffffff")]
    [InlineData("80000000")]
    [InlineData("zz")]
    public async Task A_form_whose_chunks_cannot_be_read_is_a_400_with_all_headers_and_no_alarm(
        string size
    )
    {
        await using var site = await TestSite.StartOnPortAsync();

        var answer = await SpeakToTheEndAsync(
            site.Host.Origin,
            $"POST {Login} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\na=b\r\n0\r\n\r\n"
        );

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy", answer, StringComparison.OrdinalIgnoreCase);
        site.ShouldHaveLoggedNoError();
    }

    private static async Task<string> SpeakToTheEndAsync(Uri origin, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, origin.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadToEndAsync();
    }

    private static async Task<string> SpeakAsync(Uri origin, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, origin.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync() ?? "";
    }

    private static Task<TestSite> BehindAProxyAsync(params (string, string?)[] changes) =>
        TestSite.StartAsync("Development", BehindProxy.Add, [BehindProxy.Setting, .. changes]);

    private static Browser From(TestSite site, string address) =>
        new(site.Host) { ClientAddress = address };
}
