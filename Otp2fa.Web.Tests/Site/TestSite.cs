using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using MimeKit;
using Otp2fa.InfobipSimulator;
using Otp2fa.InfobipSimulator.Api;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Accounts.Pending;
using Otp2fa.Web.Data;
using Otp2fa.Web.Infobip;
using Otp2fa.Web.Mail;
using Otp2fa.Web.Operations.Health;
using Otp2fa.Web.Tests.Support;
using Otp2fa.Web.TwoFactor;
using Serilog.Core;

namespace Otp2fa.Web.Tests.Site;

/// <param name="Key">In the protected cookie.</param>
/// <param name="End">In the ticket.</param>
/// <param name="StoredEnd">Of its row.</param>
/// <param name="Challenge">The code that it waits for.</param>
internal sealed record PendingFacts(
    string Key,
    DateTimeOffset? End,
    DateTimeOffset StoredEnd,
    ChallengeTicket Challenge
);

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
            // The clock stands still between two typed codes; LimitsTests let it go.
            ["Limits:GuessSpacing"] = "00:00:00",
            // By the machine's clock, and a test is quicker than a person.
            ["Limits:FormsPerSessionAndMinute"] = "1000000",
            ["Limits:FormsPerAddressAndMinute"] = "1000000",
            ["Limits:PagesPerAddressAndMinute"] = "1000000",
            // The hash of a test is none that anybody waits for.
            ["Limits:PasswordHashesWaiting"] = "10000",
            // A slow machine is not a slow far end; tests of the time-out itself shorten it.
            ["Infobip:Timeout"] = "00:00:30",
            ["Mail:BaseUrl"] = "https://localhost",
            ["Mail:PickupFolder"] = Path.Combine(folder.FullName, "mail"),
            ["Serilog:WriteTo:0:Args:restrictedToMinimumLevel"] = "Fatal",
            ["AuditLog:WriteTo:0:Args:restrictedToMinimumLevel"] = "Fatal",
            ["AuditLog:WriteTo:0:Args:path"] = Path.Combine(folder.FullName, "audit.clef"),
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
    public static async Task<TestSite> StartOnPortAsync(
        params (string Key, string? Value)[] changes
    )
    {
        // Nobody wants to watch a test wait half a minute.
        var site = await CreateAsync(
            TimeProvider.System,
            TimeProvider.System,
            [("Limits:FirstWait", "00:00:00"), .. changes]
        );
        site.AddHost(sendsMails: true).StartOnPort();
        return site;
    }

    /// <summary>A site by the real time, for instances in processes of their own over its database.</summary>
    public static async Task<TestSite> StartInRealTimeAsync(
        params (string Key, string? Value)[] changes
    )
    {
        var site = await CreateAsync(TimeProvider.System, TimeProvider.System, changes);
        site.StartHost();
        return site;
    }

    /// <summary>One more instance over the same database, in a process of its own.</summary>
    public Task<SiteProcess> StartProcessAsync(params (string Key, string? Value)[] changes) =>
        SiteProcess.StartAsync(SettingsWith(changes));

    private Dictionary<string, string?> SettingsWith((string Key, string? Value)[] changes)
    {
        var own = new Dictionary<string, string?>(settings, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            own[key] = value;
        }

        return own;
    }

    /// <summary>An operator's command on this site's settings and database, by its clock, in this process.</summary>
    public Task<OperatorAnswer> OperateAsync(params string[] args) => OperateAsync([], args);

    /// <param name="changes">Of the site's settings; null takes one away.</param>
    /// <param name="args">The command line.</param>
    /// <inheritdoc cref="OperateAsync(string[])"/>
    public Task<OperatorAnswer> OperateAsync(
        (string Key, string? Value)[] changes,
        params string[] args
    ) => OperateAsync(TextReader.Null, changes, args);

    /// <summary>An operator's command by somebody who answers its question.</summary>
    /// <param name="input">Where the answer comes from.</param>
    /// <param name="changes">Of the site's settings; null takes one away.</param>
    /// <param name="args">The command line.</param>
    public Task<OperatorAnswer> OperateAsync(
        TextReader input,
        (string Key, string? Value)[] changes,
        params string[] args
    ) =>
        Operator.RunAsync(
            SettingsWith(changes),
            collection =>
            {
                collection.AddSingleton(time);
                collection.AddSingleton<ILogEventSink>(Logs);
                services?.Invoke(collection);
            },
            args,
            input
        );

    /// <summary>An operator's command in a process of its own, by the real time.</summary>
    public Task<OperatorAnswer> OperateInProcessAsync(
        (string Key, string? Value)[] changes,
        params string[] args
    ) => Operator.RunProcessAsync(SettingsWith(changes), args);

    /// <summary>The same, by somebody who answers its question.</summary>
    public Task<OperatorAnswer> OperateInProcessAsync(
        Func<Task<string>> answer,
        params string[] args
    ) => Operator.RunProcessAsync(SettingsWith([]), args, answer);

    /// <summary>One more instance over the same database.</summary>
    /// <param name="changes">Of the site's settings, for this instance alone.</param>
    public SiteFactory StartHost(params (string Key, string? Value)[] changes)
    {
        var host = AddHost(changes: changes);
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

    /// <summary>Everything this instance measures from now on, and the spans of one trace.</summary>
    public TelemetrySink Measure(ActivityTraceId? trace = null) =>
        new(Host.Services.GetRequiredService<IMeterFactory>(), trace);

    /// <summary>Every page there is, by asking the site.</summary>
    public IEnumerable<RouteEndpoint> PageEndpoints =>
        Host
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null);

    /// <summary>A setting as the running site has it.</summary>
    public string? Setting(string key) => Host.Services.GetRequiredService<IConfiguration>()[key];

    /// <summary>Names the port for details of health, which a test knows only once the site listens.</summary>
    public void ShowHealthDetailsOn(int port) =>
        Host.Services.GetRequiredService<IOptions<HealthOptions>>().Value.DetailsPort = port;

    /// <summary>Changes the countries that are served, as a restart with another list does.</summary>
    public void ServeOnly(string country)
    {
        var countries = Host
            .Services.GetRequiredService<IOptions<Otp2fa.Web.TwoFactor.PhoneOptions>>()
            .Value.AllowedCountries;
        countries.Clear();
        countries.Add(country);
    }

    /// <summary>Changes how long browsers are remembered, as a restart with another setting does.</summary>
    public void RememberBrowsersFor(TimeSpan time) => Accounts.RememberBrowser = time;

    /// <summary>Demands two-factor authentication of everybody, as a restart with that setting does.</summary>
    public void RequireTwoFactor() => Accounts.TwoFactorRequired = TwoFactorRequirement.Everybody;

    /// <summary>Makes a person a member of a role, which no page does.</summary>
    public async Task PutInRoleAsync(Person person, string role)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        await roles.CreateAsync(new IdentityRole(role));
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ApplicationUser>>();
        var user = (await users.FindByEmailAsync(person.Email))!;
        Assert.True((await users.AddToRoleAsync(user, role)).Succeeded);
    }

    private AccountsOptions Accounts =>
        Host.Services.GetRequiredService<IOptions<AccountsOptions>>().Value;

    /// <summary>Asks as a caller of an address and a port that no test has: what the server would say of the connection.</summary>
    public async Task<(int Status, string Body)> AskFromAsync(
        IPAddress caller,
        int port,
        string path
    )
    {
        var answer = await Host.Server.SendAsync(context =>
        {
            (context.Connection.RemoteIpAddress, context.Connection.LocalPort) = (caller, port);
            (context.Request.Scheme, context.Request.Host) = ("https", new HostString("localhost"));
            (context.Request.Method, context.Request.Path) = (HttpMethods.Get, path);
        });
        using var body = new StreamReader(answer.Response.Body);
        return (answer.Response.StatusCode, await body.ReadToEndAsync());
    }

    /// <summary>Takes the database away from under the running site, as a server or a disk does that is gone.</summary>
    public void TakeDatabaseAway()
    {
        using (var connection = new SqliteConnection(settings["ConnectionStrings:Otp2fa"]))
        {
            SqliteConnection.ClearPool(connection);
        }

        foreach (var file in folder.GetFiles("site.db*"))
        {
            file.MoveTo(file.FullName + ".away");
        }

        // In its place something that cannot be opened: a missing file would be made anew.
        folder.CreateSubdirectory("site.db");
    }

    /// <summary>Changes a setting of the running site, as an operator does by editing a file.</summary>
    public void ChangeSetting(string key, string value)
    {
        var configuration = (IConfigurationRoot)Host.Services.GetRequiredService<IConfiguration>();
        configuration[key] = value;
        configuration.Reload();
    }

    /// <summary>
    /// Does something while the site knows Infobip otherwise, which it reads once at start: so that one call goes to another
    /// server or to none, or is given up soon, and the calls before and after are as they always are.
    /// </summary>
    public async Task<T> WithInfobipAsync<T>(Action<InfobipOptions> change, Func<Task<T>> act)
    {
        var options = Host.Services.GetRequiredService<IOptions<InfobipOptions>>().Value;
        var (address, timeout) = (options.BaseUrl, options.Timeout);
        change(options);
        try
        {
            return await act();
        }
        finally
        {
            (options.BaseUrl, options.Timeout) = (address, timeout);
        }
    }

    public Task<int> CountSessionsAsync() => InDatabaseAsync(db => db.Sessions.CountAsync());

    /// <summary>Sign-in codes that could still be typed.</summary>
    public Task<int> CountLiveChallengesAsync() => InDatabaseAsync(db => Live(db).CountAsync());

    /// <summary>The one sign-in code that could still be typed.</summary>
    public Task<long> LiveChallengeAsync() =>
        InDatabaseAsync(db => Live(db).Select(c => c.Id).SingleAsync());

    /// <summary>The PIN of the one sign-in code that could still be typed; which of many messages it was, no page tells.</summary>
    public async Task<string> LivePinAsync()
    {
        var live = await InDatabaseAsync(db => Live(db).Select(c => c.PinIdHash!).SingleAsync());
        var hash = Host.Services.GetRequiredService<KeyedHash>();
        return Infobip
            .Calls.Of(InfobipOperation.SendPin)
            .Select(call => Infobip.PinStore.Find(call.PinId!)!)
            .Single(pin => hash.Compute("pinId", pin.PinId).AsSpan().SequenceEqual(live))
            .Pin;
    }

    /// <summary>What the newest code counts, which pages tell only in part.</summary>
    public Task<(int Attempts, int Sends)> NewestCountsAsync() =>
        InDatabaseAsync(async db =>
        {
            var newest = await db.PinChallenges.OrderByDescending(c => c.Id).FirstAsync();
            return (newest.Attempts, newest.SendCount);
        });

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

    /// <summary>Closes an account for a while, by the clock of the test.</summary>
    public Task<int> LockAsync(Person person, TimeSpan time) =>
        InDatabaseAsync(db =>
            db.Users.Where(u => u.Email == person.Email)
                .ExecuteUpdateAsync(set =>
                    set.SetProperty(u => u.LockoutEnd, Clock.GetUtcNow() + time)
                )
        );

    /// <summary>Wrong passwords in a row, of the one person of the site; no page shows them.</summary>
    public Task<int> PasswordFailuresAsync() =>
        InDatabaseAsync(db =>
            db.LimitUses.CountAsync(u =>
                (u.Rule == LimitRule.AccountPasswords || u.Rule == LimitRule.BrowserPasswords)
                && !u.IsReturned
                && !u.IsAnswered
            )
        );

    /// <summary>
    /// Sends what waits in the outbox, as the worker does every second by a clock that goes.
    /// </summary>
    public async Task DeliverMailsAsync(SiteFactory? host = null)
    {
        var worker = (host ?? Host).Services.GetRequiredService<OutboxWorker>();
        await worker.SendDueAsync(CancellationToken.None);
    }

    /// <summary>Everything that was mailed so far, the newest last.</summary>
    public async Task<IReadOnlyList<Letter>> ReadMailsAsync()
    {
        await DeliverMailsAsync();
        var files = Directory.Exists(settings["Mail:PickupFolder"])
            ? Directory.GetFiles(settings["Mail:PickupFolder"]!, "*.eml")
            : [];
        return
        [
            .. files
                .Select(file => (file, Letter: Letter.Of(MimeMessage.Load(file))))
                .OrderBy(mail => File.GetLastWriteTimeUtc(mail.file))
                .ThenBy(mail => mail.file, StringComparer.Ordinal)
                .Select(mail => mail.Letter),
        ];
    }

    /// <summary>The newest mail to an address.</summary>
    public async Task<Letter> NewestMailAsync(string to) =>
        (await ReadMailsAsync()).Last(mail => mail.To == to);

    /// <summary>Switches mail off, as a restart with that setting does.</summary>
    public void SwitchMailOff() =>
        Host.Services.GetRequiredService<IOptions<MailOptions>>().Value.Disabled = true;

    /// <summary>How many mails wait, or were set aside.</summary>
    public Task<(int Waiting, int SetAside)> CountOutboxAsync() =>
        InDatabaseAsync(async db =>
            (
                await db.OutboxMails.CountAsync(m => m.SetAsideUtc == null),
                await db.OutboxMails.CountAsync(m => m.SetAsideUtc != null)
            )
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

    /// <summary>What the server keeps behind the cookie of a sign-in that waits for its code; no page shows it.</summary>
    public async Task<PendingFacts> PendingSignInOfAsync(Browser browser)
    {
        var key = Ticket(browser, CookieNames.PendingSignIn)
            .Principal.FindFirst("Microsoft.AspNetCore.Authentication.Cookies-SessionId")!
            .Value;
        await using var scope = Host.Services.CreateAsyncScope();
        var properties = (
            await CookieOptions(AccountSchemes.PendingSignIn)
                .SessionStore!.RetrieveAsync(
                    key,
                    new DefaultHttpContext { RequestServices = scope.ServiceProvider },
                    CancellationToken.None
                )
        )!.Properties;
        var hash = RandomKey.HashOf(key)!;
        return new PendingFacts(
            key,
            properties.ExpiresUtc,
            await InDatabaseAsync(db =>
                db.PendingTickets.Where(t => t.KeyHash == hash)
                    .Select(t => t.ExpiresUtc)
                    .SingleAsync()
            ),
            properties.ReadTicket()!
        );
    }

    /// <summary>The session id in an application cookie.</summary>
    public string SessionIdOf(Browser browser, string name) =>
        Ticket(browser, name).Principal.FindFirst("sid")!.Value;

    private static async Task<TestSite> CreateAsync(
        TimeProvider time,
        TimeProvider farTime,
        (string Key, string? Value)[] changes
    )
    {
        // The last word on a setting counts.
        var wanted = changes
            .GroupBy(change => change.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value);
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

    private static IQueryable<PinChallenge> Live(Otp2faDbContext db) =>
        db.PinChallenges.Where(c =>
            c.Purpose == ChallengePurpose.SignIn
            && c.PinIdHash != null
            && c.SupersededById == null
            && c.ConsumedUtc == null
        );

    private SiteFactory AddHost(
        bool sendsMails = false,
        params (string Key, string? Value)[] changes
    )
    {
        var host = new SiteFactory(SettingsWith(changes), time, Logs, environment, services)
        {
            SendsMails = sendsMails,
        };
        hosts.Add(host);
        return host;
    }

    private AuthenticationTicket Ticket(Browser browser, string name) =>
        CookieOptions(
            name == CookieNames.Session ? IdentityConstants.ApplicationScheme
            : name == CookieNames.PendingSignIn ? AccountSchemes.PendingSignIn
            : AccountSchemes.PendingNumber
        )
            .TicketDataFormat.Unprotect(browser.CookieValue(name))
        ?? throw new InvalidOperationException($"{name} cannot be read.");

    private CookieAuthenticationOptions CookieOptions(string scheme) =>
        Host
            .Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(scheme);

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
