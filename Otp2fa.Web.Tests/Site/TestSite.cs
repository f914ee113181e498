using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Data;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Operations.Health;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Site;

/// <summary>
/// A site over its own database file, with the simulator as the far end, over real HTTP on loopback. More instances can
/// be started over the same file, and an instance can be restarted. State that no page can bring about is reached only
/// through the methods at the end, each saying why.
/// </summary>
internal sealed class TestSite : IAsyncDisposable
{
    private const string ApiKey = "canary-api-key-5f1d";
    private const string ApplicationId = "7B1E0C9A44D2F0E6A1C35D8890AA12FE";
    private const string MessageId = "C04D5A1F9B7732E8D6120BFA8E93C411";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("otp2fa-test-");
    private readonly Dictionary<string, string?> settings;
    private readonly List<SiteFactory> hosts = [];
    private string environment = "Development";
    private Action<IServiceCollection>? services;
    private readonly TimeProvider time;

    private TestSite(
        SimulatorHost infobip,
        TimeProvider time,
        IReadOnlyDictionary<string, string?> changes
    )
    {
        Infobip = infobip;
        this.time = time;
        var database = Path.Combine(folder.FullName, "site.db");
        DatabaseTemplate.CopyTo(database);
        settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Otp2fa"] = $"Data Source={database}",
            ["Accounts:PasswordIterations"] = "1",
            ["Simulator:InProcess"] = "false",
            ["Infobip:BaseUrl"] = infobip.BaseAddress.ToString(),
            ["Infobip:ApiKey"] = ApiKey,
            ["Infobip:ApplicationId"] = ApplicationId,
            ["Infobip:MessageId"] = MessageId,
            // A slow machine is not a slow far end; tests of the time-out itself shorten it.
            ["Infobip:Timeout"] = "00:00:30",
            ["Serilog:WriteTo:0:Args:restrictedToMinimumLevel"] = "Fatal",
        };
        foreach (var (key, value) in changes)
        {
            settings[key] = value;
        }
    }

    public SimulatorHost Infobip { get; }

    /// <summary>The clock that a test moves; a site on a port runs by the real one.</summary>
    public TestClock Clock => (TestClock)time;

    public LogSink Logs { get; } = new();

    public SiteFactory Host => hosts[0];

    public static Task<TestSite> StartAsync(params (string Key, string? Value)[] changes) =>
        StartAsync("Development", null, changes);

    public static async Task<TestSite> StartAsync(
        string environment,
        Action<IServiceCollection>? services,
        params (string Key, string? Value)[] changes
    )
    {
        var clock = new TestClock();
        var site = await CreateAsync(clock, clock, changes);
        (site.environment, site.services) = (environment, services);
        site.StartHost();
        return site;
    }

    /// <summary>
    /// A site whose far end keeps the real time, so that a fault can make it slow: its answers come late although the
    /// site's clock stands still.
    /// </summary>
    public static async Task<TestSite> StartWithFarEndInRealTimeAsync()
    {
        var site = await CreateAsync(new TestClock(), TimeProvider.System, []);
        site.StartHost();
        return site;
    }

    /// <summary>A site for a real browser: on a port of http://localhost, and by the real time, as the browser is.</summary>
    public static async Task<TestSite> StartOnPortAsync()
    {
        var site = await CreateAsync(TimeProvider.System, TimeProvider.System, []);
        site.AddHost().StartOnPort();
        return site;
    }

    /// <summary>One more instance over the same database.</summary>
    public SiteFactory StartHost()
    {
        var host = AddHost();
        host.StartInMemory();
        return host;
    }

    /// <summary>Stops the first instance and starts another in its place; nothing but the database goes over.</summary>
    public async Task RestartAsync()
    {
        await hosts[0].DisposeAsync();
        hosts.RemoveAt(0);
        var host = StartHost();
        hosts.Remove(host);
        hosts.Insert(0, host);
    }

    /// <summary>A browser of its own: no cookies yet.</summary>
    public Browser NewBrowser(SiteFactory? host = null) => new(host ?? Host);

    public int Verifies => Infobip.Calls.Count(InfobipOperation.VerifyPin);

    public int Sends => Infobip.Calls.Count(InfobipOperation.SendPin);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        await Infobip.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    /// <summary>
    /// Reads or changes the database directly: for what no page can show (what is stored) or bring about (an account
    /// changed by an operator in the middle of a sign-in).
    /// </summary>
    public async Task<T> InDatabaseAsync<T>(Func<Otp2faDbContext, Task<T>> work)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<Otp2faDbContext>());
    }

    /// <summary>Everything this instance measures from now on.</summary>
    public TelemetrySink Measure() =>
        new(Host.Services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());

    /// <summary>A setting as the running site has it.</summary>
    public string? Setting(string key) => Host.Services.GetRequiredService<IConfiguration>()[key];

    /// <summary>Names the port for details of health, which a test knows only once the site listens.</summary>
    public void ShowHealthDetailsOn(int port) =>
        Host.Services.GetRequiredService<IOptions<HealthOptions>>().Value.DetailsPort = port;

    /// <summary>Changes a setting of the running site, as an operator does by editing a file.</summary>
    public void ChangeSetting(string key, string value)
    {
        var configuration = (IConfigurationRoot)Host.Services.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
    }

    public Task<int> CountSessionsAsync() => InDatabaseAsync(db => db.Sessions.CountAsync());

    /// <summary>Sign-in codes that could still be typed.</summary>
    public Task<int> CountLiveChallengesAsync() =>
        InDatabaseAsync(db =>
            db.PinChallenges.CountAsync(c =>
                c.Purpose == ChallengePurpose.SignIn
                && c.PinIdHash != null
                && c.SupersededById == null
                && c.ConsumedUtc == null
            )
        );

    /// <summary>The PIN of the one sign-in code that could still be typed; which of many messages it was, no page tells.</summary>
    public async Task<string> LivePinAsync()
    {
        var live = await InDatabaseAsync(db =>
            db.PinChallenges.Where(c =>
                    c.Purpose == ChallengePurpose.SignIn
                    && c.PinIdHash != null
                    && c.SupersededById == null
                    && c.ConsumedUtc == null
                )
                .Select(c => c.PinIdHash!)
                .SingleAsync()
        );
        var hash = Host.Services.GetRequiredService<KeyedHash>();
        return Infobip
            .Calls.Of(InfobipOperation.SendPin)
            .Select(call => Infobip.PinStore.Find(call.PinId!)!)
            .Single(pin => hash.Compute("pinId", pin.PinId).AsSpan().SequenceEqual(live))
            .Pin;
    }

    /// <summary>Un-confirms a number behind the site's back, as a careless import could.</summary>
    public Task<int> UnconfirmNumberAsync(string email) =>
        InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == email)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.PhoneNumberConfirmed, false))
        );

    /// <summary>Gives an account another name, which no page can do yet.</summary>
    public Task<int> RenameAsync(Person person, string name) =>
        InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(u => u.UserName, name)
                        .SetProperty(u => u.NormalizedUserName, name.ToUpperInvariant())
                )
        );

    /// <summary>Writes a number that no page would take, as a careless import could.</summary>
    public Task<int> ImportNumberAsync(Person person, string number) =>
        InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.PhoneNumber, number))
        );

    /// <summary>Locks an account as a stranger's wrong passwords do, by the clock of the test.</summary>
    public Task<int> LockAsync(Person person, TimeSpan time) =>
        InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(u => u.LockoutEnd, Clock.GetUtcNow() + time)
                )
        );

    /// <summary>The password's failure counter, which no page shows.</summary>
    public Task<int> PasswordFailuresAsync(Person person) =>
        InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .Select(u => u.AccessFailedCount)
                .SingleAsync()
        );

    /// <summary>What the purge does every ten minutes, now.</summary>
    public Task PurgeAsync() =>
        Host
            .Services.GetServices<IHostedService>()
            .OfType<ExpiredRowsPurge>()
            .Single()
            .PurgeAsync(CancellationToken.None);

    /// <summary>What an attacker with the key ring would read in a cookie.</summary>
    public string DecryptCookie(Browser browser, string name) =>
        System.Text.Encoding.UTF8.GetString(
            TicketSerializer.Default.Serialize(Ticket(browser, name))
        );

    /// <summary>The session id in an application cookie.</summary>
    public string SessionIdOf(Browser browser, string name) =>
        Ticket(browser, name).Principal.FindFirst("sid")!.Value;

    private static async Task<TestSite> CreateAsync(
        TimeProvider time,
        TimeProvider farTime,
        (string Key, string? Value)[] changes
    )
    {
        var wanted = changes.ToDictionary(c => c.Key, c => c.Value);
        var digits = wanted.TryGetValue("TwoFactor:PinLength", out var length)
            ? int.Parse(length!, System.Globalization.CultureInfo.InvariantCulture)
            : 6;
        var infobip = await SimulatorHost.StartAsync(
            SimulatorOptions.Seeded(ApiKey, ApplicationId, MessageId, digits),
            farTime,
            CancellationToken.None
        );
        return new TestSite(infobip, time, wanted);
    }

    private SiteFactory AddHost()
    {
        var host = new SiteFactory(settings, time, Logs, environment, services);
        hosts.Add(host);
        return host;
    }

    private AuthenticationTicket Ticket(Browser browser, string name)
    {
        var options = Host.Services.GetRequiredService<
            IOptionsMonitor<CookieAuthenticationOptions>
        >();
        var scheme =
            name == CookieNames.Session ? IdentityConstants.ApplicationScheme
            : name == CookieNames.PendingSignIn ? AccountSchemes.PendingSignIn
            : AccountSchemes.PendingNumber;
        return options.Get(scheme).TicketDataFormat.Unprotect(browser.CookieValue(name))
            ?? throw new InvalidOperationException($"{name} cannot be read.");
    }

    /// <summary>A burst that ends well on its pages may still have failed in between; the log knows.</summary>
    public void ShouldHaveLoggedNoError() =>
        Assert.DoesNotContain(
            Logs.Lines,
            line => line.StartsWith("Error", StringComparison.Ordinal)
        );

    /// <summary>Waits until the site has found out by itself that Infobip works again.</summary>
    public Task ShouldRecoverAsync()
    {
        var circuits = Host.Services.GetRequiredService<InfobipCircuits>();
        return EventuallyAsync(() =>
            Task.FromResult(!circuits.Sends.IsOpen && !circuits.Checks.IsOpen)
        );
    }

    /// <summary>Waits for what goes on after its browser has left.</summary>
    public async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Every text and blob of the database, for searches after what must not be stored.</summary>
    public async Task<string> DumpDatabaseAsync()
    {
        await using var connection = new SqliteConnection(settings["ConnectionStrings:Otp2fa"]);
        await connection.OpenAsync();
        var dump = new System.Text.StringBuilder();
        var tables = connection.CreateCommand();
        tables.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table'";
        var names = new List<string>();
        await using (var reader = await tables.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                names.Add(reader.GetString(0));
            }
        }

        foreach (var name in names)
        {
            var rows = connection.CreateCommand();
#pragma warning disable CA2100 // The table names come from the database's own list.
            rows.CommandText = $"SELECT * FROM \"{name}\"";
#pragma warning restore CA2100
            await using var reader = await rows.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    dump.Append(name).Append('.').Append(reader.GetName(i)).Append('=');
                    dump.AppendLine(
                        reader.GetValue(i) is byte[] bytes
                            ? System.Text.Encoding.Latin1.GetString(bytes)
                            : Convert.ToString(
                                reader.GetValue(i),
                                System.Globalization.CultureInfo.InvariantCulture
                            )
                    );
                }
            }
        }

        return dump.ToString();
    }
}
