using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;

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
        Assert.Equal(
            [
                ("database", "Healthy"),
                ("migrations", "Healthy"),
                ("key ring", "Healthy"),
                ("infobip", "Healthy"),
                ("infobip set-up", "Healthy"),
                ("mail", "Healthy"),
            ],
            ChecksIn(body).Select(check => (check.Name, check.Status))
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

    [Theory]
    [InlineData(9443, false)]
    [InlineData(9080, true)]
    public async Task Given_a_port_for_details_a_stranger_at_another_port_is_told_one_word(
        int port,
        bool isTold
    )
    {
        await using var site = await TestSite.StartAsync();
        site.ShowHealthDetailsOn(9080);

        var (status, body) = await site.AskFromAsync(
            IPAddress.Parse("203.0.113.7"),
            port,
            "/health/ready"
        );

        Assert.Equal(200, status);
        Assert.Equal(isTold, body != "Healthy");
        Assert.Equal(isTold, body.Contains("\"key ring\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1, "Healthy", "Mails go out.")]
    [InlineData(0, "Degraded", "Mails that wait for more than 10 minutes: 1; the log says why.")]
    public async Task Given_a_mail_that_waits_for_ten_minutes_the_site_says_so_and_stays_ready(
        int seconds,
        string status,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync();
        await site.NewBrowser().ForgetPasswordAsync("nobody@example.com");
        site.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(seconds));

        site.ShowHealthDetailsOn(9080);

        var (answer, body) = await site.AskFromAsync(IPAddress.Loopback, 9080, "/health/ready");

        Assert.Equal(200, answer);
        Assert.Contains(("mail", status, sentence), ChecksIn(body));
    }

    [Theory]
    [InlineData(-1, "Degraded", "Mails that were given up since yesterday: 1; the log says why.")]
    [InlineData(0, "Healthy", "Mails go out.")]
    public async Task Given_a_mail_that_was_given_up_the_site_says_so_for_a_day(
        int seconds,
        string status,
        string sentence
    )
    {
        await using var site = await TestSite.StartAsync();
        await site.NewBrowser().ForgetPasswordAsync("nobody@example.com");
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.DeliverMailsAsync();
        Assert.Equal((0, 1), await site.CountOutboxAsync());
        site.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(seconds));

        site.ShowHealthDetailsOn(9080);

        var (_, body) = await site.AskFromAsync(IPAddress.Loopback, 9080, "/health/ready");

        Assert.Contains(("mail", status, sentence), ChecksIn(body));
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
    public async Task Given_a_database_out_of_reach_the_instance_is_live_and_not_ready_and_the_log_alone_says_why()
    {
        await using var site = await TestSite.StartAsync();
        site.TakeDatabaseAway();

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(site.NewBrowser(), "live"));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "Unhealthy"),
            await AskAsync(site.NewBrowser(), "ready")
        );
        Assert.Contains(
            site.Logs.Lines,
            line => line.Contains("SQLite Error", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Given_a_database_out_of_reach_the_instance_is_live_and_not_ready_and_tells_no_exception()
    {
        await using var site = await TestSite.StartOnPortAsync();
        site.TakeDatabaseAway();

        var (status, body) = await AskAsync(site.NewBrowser(), "ready", site);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal(
            [
                ("database", "Unhealthy", "It cannot be used; the log says why."),
                ("migrations", "Unhealthy", "It cannot be used; the log says why."),
                ("key ring", "Healthy", "Cookies can be made and read."),
                ("infobip", "Healthy", "Codes are sent and checked."),
                ("infobip set-up", "Healthy", "Not checked."),
                ("mail", "Unhealthy", "It cannot be used; the log says why."),
            ],
            ChecksIn(body)
        );
        Assert.Contains(
            site.Logs.Lines,
            line => line.Contains("SQLite Error 10", StringComparison.Ordinal)
        );
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "Unhealthy"),
            await AskAsync(site.NewBrowser(), "ready", site, ("X-Forwarded-For", "203.0.113.7"))
        );
        Assert.Equal(
            (HttpStatusCode.OK, "Healthy"),
            await AskAsync(site.NewBrowser(), "live", site)
        );
    }

    [Theory]
    [InlineData(true, false, "Infobip fails or is slow: codes are not sent.")]
    [InlineData(
        false,
        true,
        "Infobip fails or is slow: codes are not checked, and so none is sent."
    )]
    [InlineData(true, true, "Infobip fails or is slow: codes are neither sent nor checked.")]
    public async Task Given_calls_that_fail_the_instance_stays_in_service_and_says_what_is_not_done(
        bool sendsFail,
        bool checksFail,
        string sentence
    )
    {
        // With the calls of the enrolments one failure is enough.
        await using var site = await TestSite.StartOnPortAsync(
            ("Outage:MinimumCalls", "2"),
            ("Outage:FailureRatio", "0.05"),
            ("Outage:Window", "00:10:00"),
            ("Outage:Pause", "00:10:00")
        );
        var (first, second) = (
            await site.PersonWithTwoFactorAsync(),
            await site.PersonWithTwoFactorAsync()
        );
        var code = await site.NewBrowser().TypePasswordAsync(first);
        if (sendsFail)
        {
            site.Infobip.Faults.ForNext(InfobipOperation.SendPin, Fault.WithStatus(503));
            (
                await (await LoginPage.OpenAsync(site.NewBrowser())).SubmitAsync(
                    second.Email,
                    second.Password
                )
            ).ShouldSay("We cannot send codes");
        }

        if (checksFail)
        {
            site.Infobip.Faults.ForNext(InfobipOperation.VerifyPin, Fault.WithStatus(503));
            (await code.SubmitAsync(site.CodeOnPhone(first))).ShouldSay("We cannot check codes");
        }

        var (status, body) = await AskAsync(site.NewBrowser(), "ready", site);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(("infobip", "Degraded", sentence), ChecksIn(body));
        Assert.Equal(
            (HttpStatusCode.OK, "Degraded"),
            await AskAsync(site.NewBrowser(), "ready", site, ("X-Forwarded-For", "203.0.113.7"))
        );
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    [InlineData("TRACE")]
    [InlineData("FOO")]
    public async Task Given_another_method_than_to_read_health_is_not_told(string method)
    {
        await using var site = await TestSite.StartAsync();
        foreach (var path in new[] { "live", "ready" })
        {
            var answer = await site.NewBrowser()
                .SendAsync(
                    new HttpRequestMessage(
                        new HttpMethod(method),
                        new Uri(site.Host.Origin, $"/health/{path}")
                    )
                );

            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        }
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

    private static List<(string Name, string Status, string Description)> ChecksIn(string body) =>
        [
            .. JsonDocument
                .Parse(body)
                .RootElement.GetProperty("checks")
                .EnumerateObject()
                .Select(check =>
                    (
                        check.Name,
                        check.Value.GetProperty("status").GetString()!,
                        check.Value.GetProperty("description").GetString()!
                    )
                ),
        ];

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
