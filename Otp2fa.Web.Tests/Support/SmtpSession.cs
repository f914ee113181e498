using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Otp2fa.Web.Tests.Support;

/// <summary>One client of the mail server: as much of RFC 5321 as a client needs that neither pipelines nor encrypts.</summary>
internal sealed class SmtpSession(
    NetworkStream stream,
    Func<SmtpBehaviour> behaviour,
    Action<MimeMessage> accept,
    CancellationToken stopping
)
{
    private const string Done = "250 2.0.0 Done";

    // One character a byte, so that a message comes out as it went in.
    private readonly StreamReader _lines = new(stream, Encoding.Latin1, false);
    private bool _hasSender;
    private bool _hasRecipient;

    public async Task RunAsync()
    {
        switch (behaviour())
        {
            case SmtpBehaviour.HangAtGreeting:
                await HangAsync();
                return;
            case SmtpBehaviour.RefuseConnection:
                await SayAsync("421 4.3.2 Not now");
                return;
        }

        var goesOn = await SayAsync("220 sink.test ESMTP");
        while (goesOn && await ReadLineAsync() is { } line)
        {
            goesOn = await AnswerAsync(line);
        }
    }

    /// <returns>Whether the session goes on.</returns>
    private Task<bool> AnswerAsync(string line) =>
        line.Split(' ')[0].ToUpperInvariant() switch
        {
            "EHLO" => SayAsync("250-sink.test\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"),
            "HELO" => SayAsync("250 sink.test"),
            "AUTH" => LogInAsync(line),
            "MAIL" => BeginAsync(),
            "RCPT" => AddRecipientAsync(),
            "DATA" => TakeMessageAsync(),
            "RSET" => ResetAsync(),
            "NOOP" => SayAsync(Done),
            "QUIT" => QuitAsync(),
            _ => SayAsync("500 5.5.2 Unknown command"),
        };

    private async Task<bool> LogInAsync(string line)
    {
        if (behaviour() == SmtpBehaviour.RefuseLogin)
        {
            return await SayAsync("535 5.7.8 Wrong name or password");
        }

        if (line.Split(' ') is not [_, var mechanism, ..] words)
        {
            return await SayAsync("501 5.5.4 How?");
        }

        var steps = mechanism.Equals("LOGIN", StringComparison.OrdinalIgnoreCase) ? 2 : 1;
        for (var step = words.Length - 2; step < steps; step++)
        {
            // "Username:" and "Password:"; for PLAIN the text of the challenge is empty.
            await SayAsync(
                steps == 1 ? "334 "
                : step == 0 ? "334 VXNlcm5hbWU6"
                : "334 UGFzc3dvcmQ6"
            );
            await ReadLineAsync();
        }

        return await SayAsync("235 2.7.0 Welcome");
    }

    private Task<bool> BeginAsync()
    {
        (_hasSender, _hasRecipient) = (true, false);
        return SayAsync(Done);
    }

    private Task<bool> AddRecipientAsync()
    {
        switch (behaviour())
        {
            case SmtpBehaviour.DeferRecipient:
                return SayAsync("451 4.3.0 Try later");
            case SmtpBehaviour.RejectRecipient:
                return SayAsync("550 5.1.1 Nobody of that name");
        }

        _hasRecipient = _hasSender;
        return SayAsync(_hasSender ? Done : "503 5.5.1 Sender first");
    }

    private Task<bool> ResetAsync()
    {
        (_hasSender, _hasRecipient) = (false, false);
        return SayAsync(Done);
    }

    private async Task<bool> QuitAsync()
    {
        await SayAsync("221 2.0.0 Bye");
        return false;
    }

    private async Task<bool> TakeMessageAsync()
    {
        if (!_hasRecipient)
        {
            return await SayAsync("503 5.5.1 Recipient first");
        }

        await SayAsync("354 Go ahead");
        var cut = behaviour() == SmtpBehaviour.CutInData;
        var text = new StringBuilder();
        while (await ReadLineAsync() is { } line && !cut)
        {
            if (line == ".")
            {
                return await JudgeAsync(text.ToString());
            }

            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return false;
    }

    private async Task<bool> JudgeAsync(string text)
    {
        (_hasSender, _hasRecipient) = (false, false);
        var treatment = behaviour();
        switch (treatment)
        {
            case SmtpBehaviour.HangAfterData:
                return await HangAsync();
            case SmtpBehaviour.RejectMessage:
                return await SayAsync("554 5.7.1 Not wanted");
        }

        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text));
        accept(await MimeMessage.LoadAsync(bytes, stopping));
        return treatment != SmtpBehaviour.CutAfterData && await SayAsync(Done);
    }

    /// <summary>Until the client gives up or the server stops.</summary>
    private async Task<bool> HangAsync()
    {
        while (await ReadLineAsync() is not null)
        {
            // Whatever the client says is ignored.
        }

        return false;
    }

    private ValueTask<string?> ReadLineAsync() => _lines.ReadLineAsync(stopping);

    private async Task<bool> SayAsync(string reply)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(reply + "\r\n"), stopping);
        return true;
    }
}
