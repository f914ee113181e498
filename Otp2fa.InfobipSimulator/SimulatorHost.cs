using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.InfobipSimulator.Assumptions;
using Otp2fa.InfobipSimulator.Calls;
using Otp2fa.InfobipSimulator.Control;
using Otp2fa.InfobipSimulator.Faults;
using Otp2fa.InfobipSimulator.Hosting;
using Otp2fa.InfobipSimulator.Phone;
using Otp2fa.InfobipSimulator.Pins;
using Otp2fa.InfobipSimulator.Start;

namespace Otp2fa.InfobipSimulator;

/// <summary>
/// A running simulator of Infobip's 2FA API with its web phone, on a loopback port of its own. It reads no
/// configuration, environment variable or file from its surroundings but the mail of the folder it is told, and any
/// number of them run in one process.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    // Longest time an open connection may hold up stopping; everything that waits is cancelled first.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(1);

    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly AssumptionsInForce assumptions;
    private int disposed;

    private SimulatorHost(WebApplication app, SimulatorAssumptions assumptions)
    {
        this.app = app;
        this.assumptions = new AssumptionsInForce(assumptions);
    }

    /// <summary>Where the API is, with a slash at the end; always 127.0.0.1, which never needs a name to be looked up.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    public Uri PhoneAddress => new(BaseAddress, "phone");

    public PinStore PinStore { get; } = new();

    public CallLog Calls { get; } = new();

    public FaultPlan Faults { get; } = new();

    public PhoneInbox Phone { get; } = new();

    /// <summary>May be set while it runs; a request under way keeps the assumptions it began with.</summary>
    public SimulatorAssumptions Assumptions
    {
        get => assumptions.Current;
        set => assumptions.Current = value;
    }

    /// <summary>The PIN in the newest message to a number, or null when there is none.</summary>
    public string? LatestPin(string number) => Phone.LatestPin(number);

    /// <summary>Starts a simulator; it listens when the task completes.</summary>
    /// <exception cref="SimulatorPortTakenException">The port cannot be had.</exception>
    /// <exception cref="ArgumentException">The options break one of Infobip's rules, or hold no key.</exception>
    public static Task<SimulatorHost> StartAsync(
        SimulatorOptions options,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => StartAsync(options, time, logging: null, cancellationToken);

    internal static async Task<SimulatorHost> StartAsync(
        SimulatorOptions options,
        TimeProvider time,
        Action<ILoggingBuilder>? logging,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Port, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            options.Port,
            IPEndPoint.MaxPort,
            nameof(options)
        );

        var keys = new ApiKeys(options);
        var applications = new ApplicationStore(options.Applications);
        var server = Build(options.Port, logging);
        var host = new SimulatorHost(server, options.Assumptions);
        host.Map(keys, applications, new MailFolder(options.MailFolder), time);
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (Exception failure) when (IsPortRefusal(failure))
        {
            await host.DisposeAsync();
            throw new SimulatorPortTakenException(options.Port, failure);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        host.BaseAddress = new UriBuilder(server.Urls.First()) { Host = "127.0.0.1" }.Uri;
        return host;
    }

    /// <summary>Stops within a second or so, calls that are being held included. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
        {
            return;
        }

        await stopping.CancelAsync();
        using (var patience = new CancellationTokenSource(StopWithin))
        {
            await app.StopAsync(patience.Token);
        }

        await app.DisposeAsync();
        stopping.Dispose();
    }

    private static WebApplication Build(int port, Action<ILoggingBuilder>? logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(SimulatorHost).Assembly.GetName().Name,
                EnvironmentName = Environments.Production,
                ContentRootPath = AppContext.BaseDirectory,
            }
        );
        logging?.Invoke(builder.Logging);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
            if (port == 0)
            {
                // Kestrel cannot give both loopback addresses the same free port; the name localhost still arrives here.
                kestrel.Listen(IPAddress.Loopback, port);
            }
            else
            {
                kestrel.ListenLocalhost(port);
            }
        });
        return builder.Build();
    }

    private static bool IsPortRefusal(Exception failure) =>
        failure is IOException { InnerException: AddressInUseException or AggregateException }
        || failure
            is SocketException
            {
                SocketErrorCode: SocketError.AccessDenied or SocketError.AddressAlreadyInUse
            };

    private void Map(
        ApiKeys keys,
        ApplicationStore applications,
        MailFolder mails,
        TimeProvider time
    )
    {
        var limits = new RequestLimits();
        var account = new Account(applications, PinStore, limits, Phone, time);
        var errors = new ErrorAnswers(assumptions);
        var doorkeeper = new Doorkeeper(keys, limits, errors, assumptions, time);
        var operations = Operations.All(account, errors);
        app.UseMiddleware<FailureAnswers>(errors);
        app.MapOperations(
            new OperationRunner(
                doorkeeper,
                errors,
                assumptions,
                Faults,
                Calls,
                time,
                stopping.Token
            ),
            operations
        );
        app.MapControl(Faults, Calls, assumptions);
        app.MapStart(new StartPage(operations, applications, assumptions));
        app.MapPhone(Phone, mails, time);
        app.MapUnknownAddresses(errors);
    }
}
