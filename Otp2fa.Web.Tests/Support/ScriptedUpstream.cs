using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Otp2fa.Web.Tests.Support;

/// <summary>One request as it came over the wire; nothing decoded, nothing put right.</summary>
internal sealed record ReceivedRequest(
    string Method,
    string Target,
    IReadOnlyList<(string Name, string Value)> Headers,
    string Body
)
{
    public string? Header(string name) =>
        Headers
            .Where(h => string.Equals(h.Name, name, StringComparison.OrdinalIgnoreCase))
            .Select(h => h.Value)
            .SingleOrDefault();
}

/// <summary>What the far end does once it has read a whole request. Returning closes the connection, unless told otherwise.</summary>
internal delegate Task<AfterAnswer> UpstreamScript(Stream connection, CancellationToken stopping);

internal enum AfterAnswer
{
    Close,
    KeepOpen,
}

/// <summary>
/// A far end on a loopback port of its own that answers every request with scripted bytes, right or wrong. It speaks
/// HTTP/1.1 by hand, because a real server would refuse to misbehave.
/// </summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private volatile UpstreamScript _script;

    public ScriptedUpstream(UpstreamScript script)
    {
        _script = script;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public IReadOnlyList<ReceivedRequest> Requests => [.. _requests];

    public void Next(UpstreamScript script) => _script = script;

    /// <summary>Stops listening: from here on the port refuses connections.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                // Answers go out in small writes: without this each waits 40 ms for an acknowledgement.
                client.NoDelay = true;
                await using var stream = client.GetStream();
                while (await ReadRequestAsync(stream) is { } request)
                {
                    _requests.Enqueue(request);
                    if (await _script(stream, _stopping.Token) == AfterAnswer.Close)
                    {
                        return;
                    }
                }
            }
            catch (Exception exception)
                when (exception is OperationCanceledException or IOException or SocketException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task<ReceivedRequest?> ReadRequestAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n");
        var start = lines[0].Split(' ');
        var headers = lines[1..]
            .Where(line => line.Length > 0)
            .Select(line => line.Split(": ", 2))
            .Select(parts => (parts[0], parts[1]))
            .ToList();
        var request = new ReceivedRequest(start[0], start[1], headers, string.Empty);
        var body = new byte[
            int.Parse(
                request.Header("Content-Length") ?? "0",
                System.Globalization.CultureInfo.InvariantCulture
            )
        ];
        await stream.ReadExactlyAsync(body, _stopping.Token);
        return request with { Body = Encoding.UTF8.GetString(body) };
    }

    private static bool EndsHead(List<byte> head) =>
        head is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];
}
