using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Otp2fa.Web.Tests.Support;

/// <summary>
/// A mail server on a loopback port of its own that keeps what it accepts and misbehaves when told. It speaks SMTP by
/// hand, without TLS, because a real server would refuse to misbehave.
/// </summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<MimeMessage> _messages = [];
    private readonly List<Task> _sessions = [];
    private readonly Task _accepting;
    private TaskCompletionSource _changed = NewSignal();
    private volatile SmtpBehaviour _behaviour;
    private int _disposed;

    public SmtpSink()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>May be changed at any time; it holds from the next command of every connection on.</summary>
    public SmtpBehaviour Behaviour
    {
        get => _behaviour;
        set => _behaviour = value;
    }

    /// <summary>The accepted ones, in the order in which they were.</summary>
    public IReadOnlyList<MimeMessage> Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages];
            }
        }
    }

    /// <summary>How many clients have connected so far, refused ones included.</summary>
    public int Connections
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>The first accepted message that is it, at once when it has been accepted before.</summary>
    /// <exception cref="TimeoutException">None came within the time-out; the exception names those that did.</exception>
    public async Task<MimeMessage> WaitForMessageAsync(
        Func<MimeMessage, bool> isIt,
        TimeSpan? timeout = null
    )
    {
        MimeMessage? found = null;
        await WaitAsync(
            () => (found = Messages.FirstOrDefault(isIt)) is not null,
            "the expected message",
            timeout ?? Patience
        );
        return found!;
    }

    /// <exception cref="TimeoutException">Fewer came within 15 seconds.</exception>
    public Task WaitForConnectionsAsync(int count) =>
        WaitAsync(() => Connections >= count, $"connection {count}", Patience);

    /// <summary>Ends every connection, hanging ones too. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_sessions);
        _stopping.Dispose();
        _listener.Dispose();
    }

    private static TaskCompletionSource NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WaitAsync(Func<bool> isSo, string awaited, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        while (true)
        {
            Task change;
            lock (_gate)
            {
                change = _changed.Task;
            }

            if (isSo())
            {
                return;
            }

            try
            {
                await change.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException(Explain(awaited, timeout), late);
            }
        }
    }

    private string Explain(string awaited, TimeSpan timeout)
    {
        var messages = Messages.Select(message => $"\n  \"{message.Subject}\" to {message.To}");
        return $"{timeout.TotalSeconds} s without {awaited}. Behaviour {Behaviour}, {Connections} connection(s), "
            + $"{Messages.Count} accepted message(s){string.Concat(messages)}";
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                Change(() => _sessions.Add(ServeAsync(client)));
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        // Not within the lock of the caller.
        await Task.Yield();
        using (client)
        {
            try
            {
                // Answers go out in small writes: without this each waits 40 ms for an acknowledgement.
                client.NoDelay = true;
                await using var stream = client.GetStream();
                var session = new SmtpSession(
                    stream,
                    () => Behaviour,
                    message => Change(() => _messages.Add(message)),
                    _stopping.Token
                );
                await session.RunAsync();
            }
            catch (Exception exception)
                when (exception is OperationCanceledException or IOException or SocketException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            change();
            (before, _changed) = (_changed, NewSignal());
        }

        before.SetResult();
    }
}
