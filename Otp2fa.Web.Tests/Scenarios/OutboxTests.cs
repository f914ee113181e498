using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Otp2fa.Web.Mail;
using Otp2fa.Web.Tests.Site;
using Otp2fa.Web.Tests.Site.Pages;
using Otp2fa.Web.Tests.Support;
using static Otp2fa.Web.Tests.Site.MailStories;

namespace Otp2fa.Web.Tests.Scenarios;

/// <summary>Mails on their way to a mail server, however it behaves.</summary>
public sealed class OutboxTests
{
    [Fact]
    public async Task A_mail_is_one_message_with_one_link_in_text_and_HTML_from_the_site_by_name()
    {
        await using var sink = new SmtpSink();
        await using var site = await StartAsync(sink);

        var email = await RegisterAsync(site);
        await site.DeliverMailsAsync();

        var message = Assert.Single(sink.Messages);
        var letter = Letter.Of(message);
        Assert.Equal(email, letter.To);
        Assert.Equal("Otp2fa: Confirm your e-mail address", letter.Subject);
        Assert.Equal("\"Otp2fa\" <no-reply@otp2fa.example>", message.From.ToString());
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal(site.Clock.GetUtcNow(), message.Date, TimeSpan.FromSeconds(1));
        Assert.EndsWith("@localhost", message.MessageId, StringComparison.Ordinal);
        Assert.Equal((0, 0), await site.CountOutboxAsync());
    }

    public static TheoryData<SmtpBehaviour> Failures =>
        [
            SmtpBehaviour.HangAtGreeting,
            SmtpBehaviour.HangAfterData,
            SmtpBehaviour.RefuseConnection,
            SmtpBehaviour.DeferRecipient,
            SmtpBehaviour.CutInData,
        ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_mail_that_could_not_be_handed_over_goes_out_later_and_once(
        SmtpBehaviour behaviour
    )
    {
        await using var sink = new SmtpSink { Behaviour = behaviour };
        await using var site = await StartAsync(sink);
        var email = await RegisterAsync(site);

        await site.DeliverMailsAsync();

        Assert.Empty(sink.Messages);
        Assert.Equal((1, 0), await site.CountOutboxAsync());
        Assert.Contains(
            site.Logs.Lines,
            line => line.Contains("was not sent at try 1", StringComparison.Ordinal)
        );
        sink.Behaviour = SmtpBehaviour.Accept;
        await site.DeliverMailsAsync();
        Assert.Empty(sink.Messages);
        site.Clock.Advance(TimeSpan.FromSeconds(11));
        await site.DeliverMailsAsync();
        await site.DeliverMailsAsync();
        Assert.Equal(email, Letter.Of(Assert.Single(sink.Messages)).To);
        Assert.Equal((0, 0), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task A_server_that_takes_a_mail_and_cuts_gets_it_again_under_the_same_id()
    {
        await using var sink = new SmtpSink { Behaviour = SmtpBehaviour.CutAfterData };
        await using var site = await StartAsync(sink);
        await RegisterAsync(site);
        await site.DeliverMailsAsync();
        sink.Behaviour = SmtpBehaviour.Accept;

        site.Clock.Advance(TimeSpan.FromSeconds(11));
        await site.DeliverMailsAsync();

        Assert.Equal(2, sink.Messages.Count);
        Assert.Equal(sink.Messages[0].MessageId, sink.Messages[1].MessageId);
    }

    [Theory]
    [InlineData(SmtpBehaviour.RejectRecipient)]
    [InlineData(SmtpBehaviour.RejectMessage)]
    public async Task A_mail_that_is_refused_for_good_is_set_aside_with_an_alarm_and_holds_up_no_other(
        SmtpBehaviour behaviour
    )
    {
        await using var sink = new SmtpSink { Behaviour = behaviour };
        await using var site = await StartAsync(sink);
        using var telemetry = site.Measure();
        var poisoned = await RegisterAsync(site);
        await site.DeliverMailsAsync();
        sink.Behaviour = SmtpBehaviour.Accept;
        var other = await RegisterAsync(site);

        await site.DeliverMailsAsync();

        Assert.Equal(other, Letter.Of(Assert.Single(sink.Messages)).To);
        Assert.Equal((0, 1), await site.CountOutboxAsync());
        var alarm = Assert.Single(
            site.Logs.Lines,
            line => line.StartsWith("Error Alarm: mail ", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(poisoned, alarm, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            telemetry.Lines,
            line => line.Contains(MailMeters.SetAsideName, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    public async Task A_mail_that_was_set_aside_is_kept_for_a_week(int seconds, int kept)
    {
        await using var site = await TestSite.StartAsync();
        await site.NewBrowser().ForgetPasswordAsync("somebody@example.com");
        site.Clock.Advance(TimeSpan.FromHours(1));
        await site.DeliverMailsAsync();
        Assert.Equal((0, 1), await site.CountOutboxAsync());

        site.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromSeconds(seconds));
        await site.PurgeAsync();

        Assert.Equal((0, kept), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task A_server_that_never_says_yes_gets_five_copies_and_no_more()
    {
        await using var sink = new SmtpSink { Behaviour = SmtpBehaviour.CutAfterData };
        await using var site = await StartAsync(sink);
        await RegisterAsync(site);

        for (var i = 0; i < 10; i++)
        {
            await site.DeliverMailsAsync();
            site.Clock.Advance(TimeSpan.FromMinutes(16));
        }

        Assert.Equal(5, sink.Messages.Count);
        Assert.Single(sink.Messages.DistinctBy(message => message.MessageId));
        Assert.Equal((0, 1), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task A_server_without_TLS_gets_neither_login_nor_mail_where_TLS_is_asked_for()
    {
        await using var sink = new SmtpSink();
        await using var site = await StartAsync(
            sink,
            ("Mail:Smtp:Security", "StartTls"),
            ("Mail:Smtp:UserName", "mailer"),
            ("Mail:Smtp:Password", "canary-smtp-password")
        );
        await RegisterAsync(site);

        await site.DeliverMailsAsync();

        Assert.Empty(sink.Messages);
        Assert.Equal(1, sink.Connections);
        Assert.Equal((1, 0), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task A_server_whose_certificate_is_not_its_own_gets_no_mail()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var key = RSA.Create(2048);
        using var certificate = SelfSigned.Certificate(key, "somebody-else.example");
        var received = AnswerOverTlsAsync(listener, certificate);
        await using var site = await TestSite.StartAsync(
            ("Mail:Smtp:Host", "127.0.0.1"),
            (
                "Mail:Smtp:Port",
                ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)
            ),
            ("Mail:Smtp:Security", "ImplicitTls"),
            ("Mail:Timeout", "00:00:10")
        );
        await RegisterAsync(site);

        await site.DeliverMailsAsync();

        Assert.Equal((1, 0), await site.CountOutboxAsync());
        Assert.Contains(
            site.Logs.Lines,
            line => line.Contains("SslHandshakeException", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("MAIL FROM", await received, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_login_that_is_refused_sets_nothing_aside()
    {
        await using var sink = new SmtpSink { Behaviour = SmtpBehaviour.RefuseLogin };
        await using var site = await StartAsync(
            sink,
            ("Mail:Smtp:UserName", "mailer"),
            ("Mail:Smtp:Password", "canary-smtp-password")
        );
        await RegisterAsync(site);
        await site.DeliverMailsAsync();
        Assert.Equal((1, 0), await site.CountOutboxAsync());
        sink.Behaviour = SmtpBehaviour.Accept;

        site.Clock.Advance(TimeSpan.FromSeconds(11));
        await site.DeliverMailsAsync();

        Assert.Single(sink.Messages);
        Assert.DoesNotContain(
            site.Logs.Lines,
            line => line.Contains("canary-smtp-password", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_waits_between_two_tries_become_longer_and_end_with_the_use_of_the_mail()
    {
        await using var sink = new SmtpSink { Behaviour = SmtpBehaviour.RefuseConnection };
        await using var site = await StartAsync(sink);
        var email = await RegisterAsync(site);
        await site.InDatabaseAsync(db => db.OutboxMails.ExecuteDeleteAsync());
        await site.NewBrowser().ForgetPasswordAsync(email);
        var asked = site.Clock.GetUtcNow();

        List<double> waits = [];
        while ((await site.CountOutboxAsync()).SetAside == 0)
        {
            await site.DeliverMailsAsync();
            var next = await site.InDatabaseAsync(db =>
                db.OutboxMails.Select(m => m.NotBeforeUtc).SingleAsync()
            );
            if ((await site.CountOutboxAsync()).SetAside == 0)
            {
                waits.Add((next - site.Clock.GetUtcNow()).TotalSeconds);
                site.Clock.Advance(next - site.Clock.GetUtcNow());
            }
        }

        Assert.Equal([10, 30, 60, 120, 300, 900, 900, 900], waits);
        Assert.True(site.Clock.GetUtcNow() - asked <= TimeSpan.FromHours(1));
        Assert.Equal((0, 1), await site.CountOutboxAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_notice_is_tried_for_a_day(bool isInTime)
    {
        await using var sink = new SmtpSink();
        await using var site = await StartAsync(sink);
        var person = Person.New();
        var browser = site.NewBrowser();
        await (await RegisterPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password);
        await site.DeliverMailsAsync();
        await browser.PressBehindAsync(Letter.Of(sink.Messages[0]));
        await browser.SignInAsync(person);
        await browser.ProveNumberAsync(site, person);

        site.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(isInTime ? 1 : 0));
        await site.DeliverMailsAsync();

        Assert.Equal(isInTime ? 2 : 1, sink.Messages.Count);
        Assert.Equal((0, isInTime ? 0 : 1), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task A_request_does_not_wait_for_a_mail_server_that_hangs()
    {
        await using var sink = new SmtpSink { Behaviour = SmtpBehaviour.HangAtGreeting };
        await using var site = await StartAsync(sink, ("Mail:Timeout", "00:05:00"));
        await RegisterAsync(site);
        var round = site.DeliverMailsAsync();
        await sink.WaitForConnectionsAsync(1);

        // The round hangs; people go on.
        await RegisterAsync(site);
        await site.NewBrowser().ForgetPasswordAsync("somebody@example.com");
        Assert.False(round.IsCompleted);

        sink.Behaviour = SmtpBehaviour.Accept;
        await sink.DisposeAsync();
        await round;
    }

    [Fact]
    public async Task Of_four_instances_one_sends_each_mail()
    {
        await using var sink = new SmtpSink();
        await using var site = await StartAsync(sink);
        SiteFactory[] hosts = [site.Host, site.StartHost(), site.StartHost(), site.StartHost()];
        List<string> people = [];
        for (var i = 0; i < 12; i++)
        {
            people.Add(await RegisterAsync(site));
        }

        await Task.WhenAll(hosts.Select(host => Task.Run(() => site.DeliverMailsAsync(host))));

        Assert.Equal(
            people.Order(StringComparer.Ordinal),
            sink.Messages.Select(message => Letter.Of(message).To).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Without_mail_nothing_waits()
    {
        await using var site = await TestSite.StartAsync();
        var person = await site.PersonWithTwoFactorAsync();
        await site.DeliverMailsAsync();

        (
            await site.OperateAsync(
                [("Mail:Disabled", "true")],
                "users",
                "reset-2fa",
                person.Email,
                "--reason",
                "Lost"
            )
        ).ShouldBeDone();

        Assert.Equal((0, 0), await site.CountOutboxAsync());
    }

    [Fact]
    public async Task A_process_that_is_killed_before_the_server_took_its_mail_loses_none_and_doubles_none()
    {
        await using var sink = new SmtpSink { Behaviour = SmtpBehaviour.HangAfterData };
        await using var site = await TestSite.StartInRealTimeAsync(
            ("Mail:PollInterval", "00:01:00")
        );
        (string, string?)[] settings =
        [
            .. To(sink),
            ("Mail:PollInterval", "00:00:00.1"),
            ("Mail:Timeout", "00:00:02"),
        ];
        var doomed = await site.StartProcessAsync(settings);
        var email = await RegisterAsync(new Browser(doomed));
        await sink.WaitForConnectionsAsync(1);
        await doomed.KillAsync();
        Assert.Equal((1, 0), await site.CountOutboxAsync());
        sink.Behaviour = SmtpBehaviour.Accept;

        await using var next = await site.StartProcessAsync(settings);
        var message = await sink.WaitForMessageAsync(_ => true);

        Assert.Equal(email, Letter.Of(message).To);
        await UntilAsync(async () => await site.CountOutboxAsync() == (0, 0));
        Assert.Single(sink.Messages);
        await doomed.DisposeAsync();
    }

    [Fact]
    public async Task Processes_that_are_killed_again_and_again_under_load_lose_no_mail()
    {
        await using var sink = new SmtpSink();
        await using var site = await TestSite.StartInRealTimeAsync(
            ("Mail:PollInterval", "00:01:00")
        );
        (string, string?)[] settings =
        [
            .. To(sink),
            ("Mail:PollInterval", "00:00:00.1"),
            ("Mail:Timeout", "00:00:01"),
        ];
        List<string> people = [];
        for (var i = 0; i < 30; i++)
        {
            people.Add(await RegisterAsync(site));
        }

        for (var kill = 1; kill <= 3; kill++)
        {
            // Counted before the start: a quick process may have sent them all before anybody looks.
            var seen = sink.Messages.Count;
            var doomed = await site.StartProcessAsync(settings);
            await UntilAsync(async () =>
                sink.Messages.Count > seen + 2 || await site.CountOutboxAsync() == (0, 0)
            );
            await doomed.KillAsync();
            await doomed.DisposeAsync();
        }

        await using var last = await site.StartProcessAsync(settings);
        await UntilAsync(async () => await site.CountOutboxAsync() == (0, 0));

        // One that was handed over in the very moment of a kill may have come twice: under one id.
        Assert.Equal(
            people.Order(StringComparer.Ordinal),
            sink.Messages.DistinctBy(message => message.MessageId)
                .Select(message => Letter.Of(message).To)
                .Order(StringComparer.Ordinal)
        );
        Assert.InRange(sink.Messages.Count, 30, 33);
    }

    /// <returns>Everything that the client said, once it is gone.</returns>
    private static async Task<string> AnswerOverTlsAsync(
        TcpListener listener,
        X509Certificate2 certificate
    )
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            await stream.WriteAsync("220 hello\r\n"u8.ToArray());
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException)
        {
            // The client went away, as it should.
            return "";
        }
    }

    private static (string, string?)[] To(SmtpSink sink) =>
        [
            ("Mail:Smtp:Host", "127.0.0.1"),
            ("Mail:Smtp:Port", sink.Port.ToString(CultureInfo.InvariantCulture)),
            ("Mail:Smtp:Security", "None"),
        ];

    private static Task<TestSite> StartAsync(SmtpSink sink, params (string, string?)[] changes) =>
        // The server's patience is real time, whatever the site's clock says.
        TestSite.StartAsync([.. To(sink), ("Mail:Timeout", "00:00:01"), .. changes]);

    private static Task<string> RegisterAsync(TestSite site) => RegisterAsync(site.NewBrowser());

    private static async Task<string> RegisterAsync(Browser browser)
    {
        var person = Person.New();
        (
            await (await RegisterPage.OpenAsync(browser)).SubmitAsync(person.Email, person.Password)
        ).ShouldBe($"{Account}/RegisterConfirmation");
        return person.Email;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
