using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Site;

/// <summary>An instance of the site in a process of its own, which a test can kill as a machine that fails would.</summary>
internal sealed class SiteProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private SiteProcess(Process process, Uri origin) => (this.process, Origin) = (process, origin);

    public Uri Origin { get; }

    public static async Task<SiteProcess> StartAsync(
        IEnumerable<KeyValuePair<string, string?>> settings
    )
    {
        var origin = new Uri($"http://localhost:{FreePort()}");
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.Combine(Repository.Root, "Otp2fa.Web"),
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Otp2fa.Web.dll"));
        start.ArgumentList.Add($"--urls={origin}");
        start.ArgumentList.Add("--environment=Development");
        foreach (var (key, value) in settings)
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        var started = Process.Start(start)!;
        var output = new System.Text.StringBuilder();
        started.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        started.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler());
        using var patience = new CancellationTokenSource(LongestStart);
        while (true)
        {
            try
            {
                using var question = new HttpRequestMessage(
                    HttpMethod.Get,
                    new Uri(origin, "/health/live")
                );
                (await http.SendAsync(question, patience.Token)).EnsureSuccessStatusCode();
                return new SiteProcess(started, origin);
            }
            catch (HttpRequestException exception)
            {
                if (started.HasExited)
                {
                    throw new InvalidOperationException(
                        $"The site did not start:\n{output}",
                        exception
                    );
                }

                await Task.Delay(
                    TimeSpan.FromMilliseconds(100),
                    TimeProvider.System,
                    patience.Token
                );
            }
        }
    }

    /// <summary>SIGKILL: nothing of it runs to its end.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    /// <summary>A port that nobody listens on at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
