using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>What differs where people live: cookies, https, and mail instead of links on the page.</summary>
[Trait("Covers", "R24")]
[Trait("Covers", "R25")]
[Trait("Covers", "R28")]
[Trait("Covers", "R37")]
[Trait("Covers", "T26")]
public sealed class ProductionTests
{
    [Fact]
    public async Task Given_Production_every_cookie_of_the_journey_is_a_secure_host_cookie()
    {
        await using var production = await ProductionSite.StartAsync();
        var browser = production.Site.NewBrowser();
        var person = await production.EnrolAsync(browser);
        await browser.SignOutAsync();
        await (await browser.TypePasswordAsync(person)).SubmitAndRememberAsync(
            production.Site.CodeOnPhone(person)
        );

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal(
            [
                "__Host-Otp2fa.Antiforgery",
                "__Host-Otp2fa.Device",
                "__Host-Otp2fa.MailedLink.ConfirmAddress",
                "__Host-Otp2fa.Notice",
                "__Host-Otp2fa.PendingNumber",
                "__Host-Otp2fa.PendingSignIn",
                "__Host-Otp2fa.RememberedBrowser",
                "__Host-Otp2fa.Session",
            ],
            browser
                .SetCookies.Select(header => header.Split('=')[0])
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            browser.SetCookies,
            header =>
            {
                var attributes = header
                    .Split(';')
                    .Skip(1)
                    .Select(part => part.Trim().ToLowerInvariant())
                    .ToArray();
                Assert.Contains("secure", attributes);
                Assert.Contains("httponly", attributes);
                Assert.Contains("path=/", attributes);
                Assert.Contains(
                    attributes,
                    attribute => attribute is "samesite=strict" or "samesite=lax"
                );
                Assert.DoesNotContain(
                    attributes,
                    attribute => attribute.StartsWith("domain", StringComparison.Ordinal)
                );
                Assert.True(header.Length < 4096, $"{header.Length} characters: {header[..60]}");
            }
        );
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/Identity/Account/Manage")]
    [InlineData("/css/nowhere.css")]
    public async Task Given_Production_every_answer_asks_for_https_from_now_on(string path)
    {
        await using var production = await ProductionSite.StartAsync();
        var host = production.Site.Host;
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Origin, path));
        request.Headers.Host = "accounts.example.com";

        var answer = await production.Site.NewBrowser().SendAsync(request);

        Assert.Equal(
            "max-age=31536000; includeSubDomains",
            string.Join(',', answer.Headers.GetValues("Strict-Transport-Security"))
        );
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("localhost", false)]
    public async Task Given_Production_that_answers_to_every_name_the_start_warns(
        string hosts,
        bool warns
    )
    {
        await using var production = await ProductionSite.StartAsync(("AllowedHosts", hosts));

        Assert.Equal(
            warns,
            production.Site.Logs.Lines.Any(line =>
                line.Contains("AllowedHosts is *", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task Given_Production_there_is_no_example_page()
    {
        await using var production = await ProductionSite.StartAsync();
        var browser = production.Site.NewBrowser();

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await browser.GoAsync("/Examples/ConfirmPayment")).Status
        );
        Assert.False((await browser.GoAsync("/")).Has("#example-payment"));
    }

    [Fact]
    public async Task Given_Production_a_request_over_http_gets_a_plain_400_and_the_log_names_the_setting()
    {
        await using var production = await ProductionSite.StartAsync();

        var answer = await production
            .Site.NewBrowser()
            .SendAsync(
                new HttpRequestMessage(
                    HttpMethod.Get,
                    new Uri("http://localhost/Identity/Account/Login")
                )
            );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            "This site answers over https only.",
            await answer.Content.ReadAsStringAsync()
        );
        Assert.Contains(
            production.Site.Logs.Lines,
            line => line.Contains("Forwarding:KnownProxies", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("Forwarding:KnownProxies:0", "192.0.2.7", true)]
    [InlineData("Forwarding:KnownProxies:0", "192.0.2.8", false)]
    [InlineData("Forwarding:KnownNetworks:0", "192.0.2.0/24", true)]
    [InlineData("Forwarding:KnownNetworks:0", "198.51.100.0/24", false)]
    public async Task Given_a_forwarded_header_it_is_believed_from_a_named_proxy_only(
        string? setting,
        string? value,
        bool isBelieved
    )
    {
        await using var production = await ProductionSite.StartAsync((setting ?? "Unused", value));

        // The address a request comes from, which an in-memory server does not have.
        var answer = await production.Site.Host.Server.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
            context.Request.Scheme = "http";
            context.Request.Host = new HostString("localhost");
            context.Request.Path = "/Privacy";
            context.Request.Headers["X-Forwarded-Proto"] = "https";
        });

        Assert.Equal(isBelieved ? 200 : 400, answer.Response.StatusCode);
    }

    [Fact]
    public async Task Given_Production_the_confirmation_link_is_mailed_and_never_on_the_page()
    {
        await using var production = await ProductionSite.StartAsync();
        var person = Person.New();
        var browser = production.Site.NewBrowser();

        var page = await (await RegisterPage.OpenAsync(browser)).SubmitAsync(
            person.Email,
            person.Password
        );

        page.ShouldBe("/Identity/Account/RegisterConfirmation").ShouldSay("We sent you a message.");
        Assert.False(page.Has("#confirm-link"));
        var letter = Assert.Single(await production.ReadMailsAsync());
        Assert.Equal(person.Email, letter.To);
        Assert.StartsWith(
            "https://accounts.example.com/Identity/Account/ConfirmEmail?",
            letter.Link.AbsoluteUri,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("ConfirmEmail", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_Production_https_is_asked_for_a_year()
    {
        await using var production = await ProductionSite.StartAsync();
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri("https://accounts.example.com/")
        );

        var answer = await production.Site.NewBrowser().SendAsync(request);

        Assert.Equal(
            "max-age=31536000; includeSubDomains",
            answer.Headers.GetValues("Strict-Transport-Security").Single()
        );
    }
}
