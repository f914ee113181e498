using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Composition;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>The whole application starts with complete settings, and otherwise names everything that is wrong.</summary>
[Trait("Covers", "R35")]
public sealed class StartRefusalTests
{
    private static readonly string[] Complete =
    [
        "urls=http://127.0.0.1:0",
        "Infobip:BaseUrl=https://xxxxx.api.infobip.com",
        "Infobip:ApiKey=not-a-key",
        "Infobip:ApplicationId=application",
        "Infobip:MessageId=message",
        $"Security:HashKey={Convert.ToBase64String(new byte[32])}",
        "Security:UnencryptedKeyRing=true",
        "Database:Provider=Sqlite",
        "Database:MigrateAtStart=true",
        "ConnectionStrings:Otp2fa=Data Source={folder}/site.db",
        "Support:Contact=support@example.com",
        "Phone:AllowedCountries:0=GB",
        "Mail:Smtp:Host=mail.example.com",
        "Mail:BaseUrl=https://accounts.example.com",
        "Mail:SenderAddress=no-reply@example.com",
    ];

    private static readonly string[] Development =
    [
        "urls=http://127.0.0.1:0",
        "ConnectionStrings:Otp2fa=Data Source={folder}/site.db",
    ];

    [Fact]
    public async Task Production_without_settings_names_every_missing_one_and_nothing_else()
    {
        await using var site = new BuiltSite("Production", "urls=http://127.0.0.1:0");

        var reasons = await site.StartAsync();

        string[] missing =
        [
            "Infobip:BaseUrl ",
            "Infobip:ApiKey ",
            "Infobip:ApplicationId ",
            "Infobip:MessageId ",
            "Security:HashKey ",
            "Security:KeyRingCertificate ",
            "Database:Provider ",
            "ConnectionStrings:Otp2fa ",
            "Support:Contact ",
            "Phone:AllowedCountries ",
            "Mail:Smtp:Host ",
            "Mail:BaseUrl ",
            "Mail:SenderAddress ",
        ];
        Assert.All(
            missing,
            setting =>
                Assert.Single(
                    reasons,
                    reason => reason.StartsWith(setting, StringComparison.Ordinal)
                )
        );
        Assert.Equal(missing.Length, reasons.Count);
    }

    [Fact]
    public async Task Production_with_complete_settings_starts_and_answers()
    {
        await using var site = new BuiltSite("Production", Complete);

        Assert.Empty(await site.StartAsync());
        Assert.Equal(HttpStatusCode.BadRequest, await GetAsync(site.App.Urls.Single()));
        Assert.Equal(HttpStatusCode.OK, await GetAsync($"{site.App.Urls.Single()}/health/ready"));
    }

    [Theory]
    [InlineData("Infobip:BaseUrl")]
    [InlineData("Infobip:ApiKey")]
    [InlineData("Infobip:ApplicationId")]
    [InlineData("Infobip:MessageId")]
    [InlineData("Security:HashKey")]
    [InlineData("Database:Provider")]
    [InlineData("ConnectionStrings:Otp2fa")]
    [InlineData("Support:Contact")]
    [InlineData("Phone:AllowedCountries")]
    [InlineData("Mail:Smtp:Host")]
    [InlineData("Mail:BaseUrl")]
    [InlineData("Mail:SenderAddress")]
    public async Task Production_lacking_one_setting_names_that_one(string setting)
    {
        await using var site = new BuiltSite(
            "Production",
            Complete.Where(line => !line.StartsWith(setting, StringComparison.Ordinal))
        );

        var reason = Assert.Single(await site.StartAsync());
        Assert.Contains(setting, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cookies:AllowHttp=true", "Cookies:AllowHttp")]
    [InlineData("Phone:AllowReservedNumbers=true", "Phone:AllowReservedNumbers")]
    [InlineData("Accounts:PasswordIterations=209999", "Accounts:PasswordIterations")]
    [InlineData("Infobip:BaseUrl=http://localhost:5299", "Infobip:BaseUrl")]
    [InlineData("Infobip:BaseUrl=https://example.com", "Infobip:BaseUrl")]
    [InlineData("TwoFactor:PinLength=4", "TwoFactor:PinLength")]
    [InlineData("Forwarding:KnownProxies:0=proxy", "Forwarding:KnownProxies")]
    [InlineData("Mail:BaseUrl=http://accounts.example.com", "Mail:BaseUrl")]
    [InlineData("Mail:Smtp:Security=None", "Mail:Smtp:Security")]
    [InlineData("Mail:Smtp:UserName=mailer", "Mail:Smtp:UserName")]
    public async Task Production_refuses_a_setting_that_is_unsafe_or_wrong(
        string line,
        string setting
    )
    {
        await using var site = new BuiltSite("Production", [.. Complete, line]);

        var reason = Assert.Single(await site.StartAsync());
        Assert.StartsWith(setting, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "TwoFactor:PinLength=six",
        "TwoFactor:PinLength cannot be read: its value is not of the kind it must be."
    )]
    [InlineData(
        "TwoFactor:ChallengeLifetime=five minutes",
        "TwoFactor:ChallengeLifetime cannot be read: its value is not of the kind it must be."
    )]
    [InlineData(
        "Database:Provider=Oracle",
        "Database:Provider cannot be read: it must be Sqlite or SqlServer."
    )]
    [InlineData(
        "Cookies:AllowHttp=perhaps",
        "Cookies:AllowHttp cannot be read: its value is not of the kind it must be."
    )]
    [InlineData(
        "urls=nonsense",
        "The address to answer at (--urls, ASPNETCORE_URLS) is not one. Use one such as http://localhost:5080."
    )]
    [InlineData(
        "urls=http://localhost:99999",
        "The address to answer at (--urls, ASPNETCORE_URLS) is not one. Use one such as http://localhost:5080."
    )]
    [InlineData(
        "Serilog:MinimumLevel:Default=banana",
        "Serilog:MinimumLevel holds no level. Use Verbose, Debug, Information, Warning, Error or Fatal."
    )]
    public async Task A_setting_of_the_wrong_kind_is_named_and_its_value_is_not_repeated(
        string line,
        string sentence
    )
    {
        IReadOnlyList<string> reasons;
        try
        {
            await using var site = new BuiltSite("Production", [.. Complete, line]);
            reasons = await site.StartAsync();
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException)
        {
            reasons = StartupFailures.Explain(failure);
        }

        Assert.Equal([sentence], reasons);
    }

    [Fact]
    public async Task A_database_that_lacks_migrations_stops_the_start_unless_it_may_be_migrated()
    {
        await using var site = new BuiltSite(
            "Production",
            [.. Complete, "Database:MigrateAtStart=false"]
        );

        Assert.Equal(
            [
                "The database lacks migrations of this version. Apply them, or set Database:MigrateAtStart to true for one start.",
            ],
            await site.StartAsync()
        );
    }

    [Theory]
    [InlineData("Sqlite", "Data Source={folder}/no/such/folder/site.db", "SQLite error 14")]
    [InlineData("Sqlite", "canary;Password=canary", "ArgumentException")]
    [InlineData("SqlServer", "canary;Password=canary", "ArgumentException")]
    [InlineData(
        "SqlServer",
        "Server=tcp:127.0.0.1,1;Password=canary;User ID=sa;Connect Timeout=1;Connect Retry Count=0",
        "SQL Server error"
    )]
    public async Task A_database_that_cannot_be_opened_stops_the_start_without_repeating_the_connection_string(
        string provider,
        string connection,
        string kind
    )
    {
        await using var site = new BuiltSite(
            "Production",
            [.. Complete, $"Database:Provider={provider}", $"ConnectionStrings:Otp2fa={connection}"]
        );

        var reason = Assert.Single(await site.StartAsync());

        Assert.StartsWith("ConnectionStrings:Otp2fa: ", reason, StringComparison.Ordinal);
        Assert.Contains(kind, reason, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_settings_in_Production_are_all_named_at_once()
    {
        await using var site = new BuiltSite(
            "Production",
            [
                .. Complete,
                "Cookies:AllowHttp=true",
                "Phone:AllowReservedNumbers=true",
                "Accounts:PasswordIterations=1",
            ]
        );

        Assert.Equal(3, (await site.StartAsync()).Count);
    }

    [Fact]
    public async Task Production_has_no_simulator_even_if_told()
    {
        await using var site = new BuiltSite(
            "Production",
            [
                .. Complete.Where(line => !line.StartsWith("Infobip:", StringComparison.Ordinal)),
                "Simulator:InProcess=true",
            ]
        );

        Assert.Null(WebPhone(site));
        Assert.Equal(4, (await site.StartAsync()).Count);
    }

    [Fact]
    public async Task Development_without_settings_starts_with_the_simulator()
    {
        var port = FreePort();
        await using var site = new BuiltSite(
            "Development",
            [.. Development, $"Simulator:Port={port}"]
        );

        Assert.Empty(await site.StartAsync());
        Assert.Equal($"http://localhost:{port}/phone", WebPhone(site));
        Assert.Equal(
            $"http://localhost:{port}",
            site.App.Services.GetRequiredService<IOptions<InfobipOptions>>().Value.BaseUrl
        );
        Assert.Equal(HttpStatusCode.OK, await GetAsync(WebPhone(site)!));
    }

    [Theory]
    [InlineData("Infobip:BaseUrl=https://xxxxx.api.infobip.com", "BaseUrl")]
    [InlineData("infobip:baseurl=https://xxxxx.api.infobip.com", "BaseUrl")]
    [InlineData("INFOBIP:APIKEY=not-a-key", "ApiKey")]
    [InlineData("Infobip:ApplicationId=application", "ApplicationId")]
    [InlineData("Infobip:MessageId=message", "MessageId")]
    [InlineData("Infobip:From=Otp2fa", "")]
    [InlineData("Infobip:From=", "")]
    [InlineData("Infobip:NumberLookup=false", "")]
    [InlineData("Infobip:AllowedHosts:0=example.com", "")]
    public async Task Development_with_any_setting_of_Infobip_has_no_simulator_and_names_the_missing(
        string line,
        string given
    )
    {
        await using var site = new BuiltSite("Development", [.. Development, line]);

        var reasons = await site.StartAsync();

        Assert.Null(WebPhone(site));
        string[] needed = ["BaseUrl", "ApiKey", "ApplicationId", "MessageId"];
        Assert.Equal(
            needed.Where(setting => setting != given).Select(setting => $"Infobip:{setting}"),
            reasons.Select(reason => reason.Split(' ')[0])
        );
        Assert.All(
            reasons,
            reason => Assert.Contains(" is missing.", reason, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_taken_port_is_told_in_a_sentence_with_the_way_out()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var site = new BuiltSite(
            "Production",
            [.. Complete, $"urls=http://127.0.0.1:{port}"]
        );

        var reason = Assert.Single(await site.StartAsync());

        Assert.Contains($"http://127.0.0.1:{port}", reason, StringComparison.Ordinal);
        Assert.Contains("--urls", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_of_the_simulator_is_told_in_a_sentence_with_the_way_out()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var site = new BuiltSite(
            "Development",
            [.. Development, $"Simulator:Port={port}"]
        );

        var reason = Assert.Single(await site.StartAsync());

        Assert.Contains(
            port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            reason,
            StringComparison.Ordinal
        );
        Assert.Contains("Simulator:Port", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_operator_cannot_mend_stays_an_exception()
    {
        Assert.Empty(StartupFailures.Explain(new InvalidOperationException("A fault.")));
        Assert.Empty(
            StartupFailures.Explain(
                new AggregateException(
                    new OptionsValidationException("a", typeof(InfobipOptions), ["A sentence."]),
                    new InvalidOperationException("A fault.")
                )
            )
        );
    }

    private static string? WebPhone(BuiltSite site) =>
        site.App.Services.GetRequiredService<InfobipOrSimulator.FarEnd>().WebPhone;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<HttpStatusCode> GetAsync(string address)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address));
        using var response = await http.SendAsync(request, CancellationToken.None);
        return response.StatusCode;
    }
}
