using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Units.Smtp;

/// <summary>The mail server of the tests does to a real client what it is told to.</summary>
public sealed class SmtpSinkTests : IAsyncLifetime
{
    private readonly SmtpSink sink = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await sink.DisposeAsync();

    [Fact]
    public async Task An_accepted_message_comes_out_as_it_went_in()
    {
        const string text = ".dot\r\n..two dots\r\n.\r\nGrüße, one line of text\r\n";
        using var mail = Mail("Ünïcode", text);
        mail.Body!.Headers[HeaderId.ContentTransferEncoding] = "8bit";

        await SendAsync(mail);

        var accepted = Assert.Single(sink.Messages);
        Assert.Equal("Ünïcode", accepted.Subject);
        Assert.Equal(text, accepted.TextBody!.ReplaceLineEndings("\r\n"));
        Assert.Equal("ann@example.com", Assert.Single(accepted.To.Mailboxes).Address);
        Assert.Equal(1, sink.Connections);
    }

    [Fact]
    public async Task One_connection_may_bring_several_messages_and_several_may_come_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 5).Select(SendTwoAsync));

        Assert.Equal(5, sink.Connections);
        Assert.Equal(10, sink.Messages.Select(mail => mail.Subject).Distinct().Count());

        async Task SendTwoAsync(int client)
        {
            using var smtp = await ConnectAsync();
            await smtp.SendAsync(Mail($"{client} first"), Soon);
            await smtp.SendAsync(Mail($"{client} second"), Soon);
            await smtp.DisconnectAsync(quit: true, Soon);
        }
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task Every_login_is_welcome(string mechanism)
    {
        using var smtp = await ConnectAsync();
        smtp.AuthenticationMechanisms.IntersectWith([mechanism]);

        await smtp.AuthenticateAsync("site", "secret", Soon);

        Assert.True(smtp.IsAuthenticated);
        await smtp.SendAsync(Mail(), Soon);
        Assert.Single(sink.Messages);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    public async Task A_refused_login_is_told(string mechanism)
    {
        sink.Behaviour = SmtpBehaviour.RefuseLogin;
        using var smtp = await ConnectAsync();
        smtp.AuthenticationMechanisms.IntersectWith([mechanism]);

        await Assert.ThrowsAsync<AuthenticationException>(() =>
            smtp.AuthenticateAsync("site", "wrong", Soon)
        );
    }

    [Fact]
    public async Task A_hanging_greeting_ends_with_the_clients_patience()
    {
        sink.Behaviour = SmtpBehaviour.HangAtGreeting;
        using var smtp = new SmtpClient();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ConnectAsync(smtp, patience.Token)
        );

        await sink.WaitForConnectionsAsync(1);
    }

    [Fact]
    public async Task A_message_without_an_answer_is_not_recorded()
    {
        sink.Behaviour = SmtpBehaviour.HangAfterData;
        using var smtp = await ConnectAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            smtp.SendAsync(Mail(), patience.Token)
        );

        Assert.Empty(sink.Messages);
    }

    [Fact]
    public async Task A_refused_connection_is_told_and_counted()
    {
        sink.Behaviour = SmtpBehaviour.RefuseConnection;

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => SendAsync(Mail()));

        Assert.Equal(421, (int)refusal.StatusCode);
        Assert.Equal(1, sink.Connections);
    }

    [Theory]
    [InlineData((int)SmtpBehaviour.DeferRecipient, 451, (int)SmtpErrorCode.RecipientNotAccepted)]
    [InlineData((int)SmtpBehaviour.RejectRecipient, 550, (int)SmtpErrorCode.RecipientNotAccepted)]
    [InlineData((int)SmtpBehaviour.RejectMessage, 554, (int)SmtpErrorCode.MessageNotAccepted)]
    public async Task A_refused_recipient_or_message_is_told_and_the_next_one_may_be_accepted(
        int behaviour,
        int status,
        int error
    )
    {
        sink.Behaviour = (SmtpBehaviour)behaviour;
        using var smtp = await ConnectAsync();

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() =>
            smtp.SendAsync(Mail("Refused"), Soon)
        );
        sink.Behaviour = SmtpBehaviour.Accept;
        await smtp.SendAsync(Mail("Accepted"), Soon);

        Assert.Equal((status, error), ((int)refusal.StatusCode, (int)refusal.ErrorCode));
        Assert.Equal("Accepted", Assert.Single(sink.Messages).Subject);
    }

    [Theory]
    [InlineData((int)SmtpBehaviour.CutInData, 10, 0)]
    [InlineData((int)SmtpBehaviour.CutInData, 2_000_000, 0)]
    [InlineData((int)SmtpBehaviour.CutAfterData, 10, 1)]
    [InlineData((int)SmtpBehaviour.CutAfterData, 2_000_000, 1)]
    public async Task A_cut_connection_is_an_error_whether_or_not_the_message_was_taken(
        int behaviour,
        int length,
        int taken
    )
    {
        sink.Behaviour = (SmtpBehaviour)behaviour;

        var cut = await Assert.ThrowsAnyAsync<Exception>(() =>
            SendAsync(Mail(text: new string('x', length)))
        );

        Assert.True(cut is IOException or SmtpProtocolException, cut.ToString());
        Assert.Equal(taken, sink.Messages.Count);
    }

    [Fact]
    public async Task A_wait_ends_with_the_message_or_says_what_came_instead()
    {
        var wait = sink.WaitForMessageAsync(mail => mail.Subject == "Second");
        await SendAsync(Mail("First"));
        Assert.False(wait.IsCompleted);
        await SendAsync(Mail("Second"));

        Assert.Equal("Second", (await wait).Subject);
        var failure = await Assert.ThrowsAsync<TimeoutException>(() =>
            sink.WaitForMessageAsync(mail => false, TimeSpan.FromMilliseconds(50))
        );
        Assert.Contains("\"First\" to ann@example.com", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)SmtpBehaviour.Accept)]
    [InlineData((int)SmtpBehaviour.HangAtGreeting)]
    public async Task Disposal_ends_open_connections_at_once(int behaviour)
    {
        sink.Behaviour = (SmtpBehaviour)behaviour;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port);
        await sink.WaitForConnectionsAsync(1);
        var began = Stopwatch.GetTimestamp();

        await sink.DisposeAsync();

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<SocketException>(() =>
            new TcpClient().ConnectAsync("127.0.0.1", sink.Port)
        );
    }

    [Fact]
    public async Task Commands_out_of_order_are_refused()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", sink.Port);
        await using var stream = client.GetStream();
        using var answers = new StreamReader(stream);
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "HELO me\r\nRCPT TO:<a@b>\r\nDATA\r\nEXPN x\r\nnoop\r\nQUIT\r\n"
            )
        );

        var said = await answers.ReadToEndAsync(Soon);

        Assert.Equal(
            ["220", "250", "503", "503", "500", "250", "221"],
            said.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line[..3])
        );
    }

    private static CancellationToken Soon =>
        new CancellationTokenSource(TimeSpan.FromSeconds(15)).Token;

    private static MimeMessage Mail(string subject = "Subject", string text = "Text")
    {
        var mail = new MimeMessage
        {
            Subject = subject,
            Body = new TextPart("plain") { Text = text },
        };
        mail.From.Add(new MailboxAddress("Site", "site@example.com"));
        mail.To.Add(new MailboxAddress(null, "ann@example.com"));
        return mail;
    }

    private Task ConnectAsync(SmtpClient smtp, CancellationToken cancellationToken) =>
        smtp.ConnectAsync("127.0.0.1", sink.Port, SecureSocketOptions.None, cancellationToken);

    private async Task<SmtpClient> ConnectAsync()
    {
        var smtp = new SmtpClient();
        await ConnectAsync(smtp, Soon);
        return smtp;
    }

    private async Task SendAsync(MimeMessage mail)
    {
        using var smtp = await ConnectAsync();
        await smtp.SendAsync(mail, Soon);
        await smtp.DisconnectAsync(quit: true, Soon);
    }
}
