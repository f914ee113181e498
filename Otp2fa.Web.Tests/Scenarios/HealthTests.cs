using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Tests.Site;

namespace Otp2fa.Web.Tests.Scenarios;

public sealed class HealthTests
{
    [Fact]
    public async Task Given_a_site_that_works_it_is_live_and_ready_in_one_word_and_nothing_is_sent_or_set()
    {
        await using var site = await TestSite.StartAsync();
        var browser = site.NewBrowser();

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(browser, "live"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(browser, "ready"));
        Assert.Equal(0, site.Sends);
        Assert.Empty(browser.SetCookies);
    }

    [Fact]
    public async Task Given_a_caller_on_this_machine_it_is_told_each_check()
    {
        await using var site = await TestSite.StartOnPortAsync();

        var (status, body) = await AskAsync(site.NewBrowser(), "ready", site);

        Assert.Equal(HttpStatusCode.OK, status);
        var checks = JsonDocument.Parse(body).RootElement.GetProperty("checks");
        Assert.Equal(
            ["database", "migrations", "key ring", "infobip"],
            checks.EnumerateObject().Select(check => check.Name)
        );
        Assert.All(
            checks.EnumerateObject(),
            check => Assert.Equal("Healthy", check.Value.GetProperty("status").GetString())
        );
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("x-original-for", "203.0.113.7")]
    public async Task Given_a_proxy_on_this_machine_what_it_forwards_is_told_one_word(
        string header,
        string value
    )
    {
        await using var site = await TestSite.StartOnPortAsync();

        var answer = await AskAsync(site.NewBrowser(), "ready", site, (header, value));

        Assert.Equal((HttpStatusCode.OK, "Healthy"), answer);
    }

    [Fact]
    public async Task Given_a_port_for_details_whoever_asks_there_is_told_each_check()
    {
        await using var site = await TestSite.StartOnPortAsync();
        site.ShowHealthDetailsOn(site.Host.Origin.Port);

        var (_, body) = await AskAsync(
            site.NewBrowser(),
            "ready",
            site,
            ("X-Forwarded-For", "203.0.113.7")
        );

        Assert.Contains("\"key ring\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_a_missing_migration_the_instance_is_live_and_not_ready()
    {
        await using var site = await TestSite.StartAsync();
        await site.InDatabaseAsync(db =>
            db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsHistory")
        );

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(site.NewBrowser(), "live"));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "Unhealthy"),
            await AskAsync(site.NewBrowser(), "ready")
        );
    }

    [Fact]
    public async Task Given_an_outage_the_instance_stays_in_service_and_says_that_it_is_degraded()
    {
        await using var site = await TestSite.StartAsync();
        site.ChangeSetting("Outage:Declared", "true");

        Assert.Equal((HttpStatusCode.OK, "Degraded"), await AskAsync(site.NewBrowser(), "ready"));
    }

    [Fact]
    public async Task Given_a_cookie_of_a_session_health_does_not_look_at_it()
    {
        await using var site = await TestSite.StartAsync();
        var person = Person.New();
        var browser = site.NewBrowser();
        await browser.RegisterAsync(person);
        await browser.SignInAsync(person);
        await site.InDatabaseAsync(db =>
            db.Database.ExecuteSqlRawAsync("ALTER TABLE Sessions RENAME TO Lost")
        );

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(browser, "live"));
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(
        Browser browser,
        string what,
        TestSite? onPort = null,
        (string Name, string Value)? header = null
    )
    {
        var origin = onPort?.Host.Origin ?? new Uri("https://localhost");
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(origin, $"/health/{what}"));
        if (header is { } extra)
        {
            request.Headers.Add(extra.Name, extra.Value);
        }

        var answer = await browser.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
