using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Infobip;

namespace Otp2fa.Web.Tests.Units.Infobip;

[Trait("Covers", "R35")]
[Trait("Covers", "T28")]
public sealed class OptionsTests
{
    private static readonly string[] NotProduction = ["Development", "Staging", "Testing"];

    [Fact]
    public void Given_nothing_set_When_the_site_starts_Then_every_missing_setting_is_named_at_once()
    {
        var failures = Start("Production", []);

        Assert.Equal(
            [
                "Infobip:BaseUrl is missing. Set the address of the account, such as https://xxxxx.api.infobip.com.",
                "Infobip:ApiKey is missing. Set the API key of the account through the environment or user secrets.",
                "Infobip:ApplicationId is missing. Set the id that Infobip gave it.",
                "Infobip:MessageId is missing. Set the id that Infobip gave it.",
            ],
            failures
        );
    }

    [Fact]
    public void Given_everything_wrong_When_the_site_starts_Then_every_setting_is_named_and_no_value_repeated()
    {
        const string Canary = "canary";
        var failures = Start(
            "Production",
            new()
            {
                ["BaseUrl"] = $"https://{Canary}@api.infobip.com",
                ["ApiKey"] = $"App {Canary}",
                ["ApplicationId"] = $"{Canary}\n",
                ["MessageId"] = $"{Canary}{new string('a', 200)}",
                ["From"] = $"{Canary}\0",
                ["ConnectTimeout"] = "00:00:10.001",
                ["Timeout"] = "00:00:30.001",
                ["MaxResponseBytes"] = "1023",
                ["AllowedHosts:0"] = $"https://{Canary}",
            }
        );

        string[] settings =
        [
            "AllowedHosts:0",
            "BaseUrl",
            "ApiKey",
            "ApplicationId",
            "MessageId",
            "From",
            "ConnectTimeout",
            "Timeout",
            "MaxResponseBytes",
        ];
        Assert.Equal(settings.Length, failures.Count);
        Assert.All(
            settings,
            s =>
                Assert.Single(
                    failures,
                    f => f.StartsWith($"Infobip:{s} ", StringComparison.Ordinal)
                )
        );
        Assert.All(failures, f => Assert.DoesNotContain(Canary, f, StringComparison.Ordinal));
        Assert.All(failures, f => Assert.EndsWith(".", f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://api.infobip.com")]
    [InlineData("https://api.infobip.com/")]
    [InlineData("https://xxxxx.api.infobip.com")]
    [InlineData("https://a.b.api.infobip.com")]
    [InlineData("HTTPS://XXXXX.API.Infobip.COM")]
    [InlineData("https://xxxxx.api.infobip.com:8443")]
    public void Given_an_account_address_When_the_site_starts_Then_every_environment_takes_it(
        string address
    )
    {
        Assert.All(
            [.. NotProduction, "Production"],
            environment => Assert.Empty(Start(environment, With("BaseUrl", address)))
        );
    }

    [Theory]
    [InlineData("https://evilapi.infobip.com")]
    [InlineData("https://infobip.com")]
    [InlineData("https://api.infobip.com.example.org")]
    [InlineData("https://api-infobip.com")]
    [InlineData("https://apixinfobip.com")]
    [InlineData("https://api.infobip.com.")]
    [InlineData("https://.api.infobip.com")]
    [InlineData("https://api.infobip.co")]
    [InlineData("https://192.0.2.1")]
    [InlineData("https://[2001:db8::1]")]
    [InlineData("https://xn--pi-eia.infobip.com")]
    [InlineData("https://169.254.169.254")]
    public void Given_another_host_When_the_site_starts_Then_every_environment_refuses_it(
        string address
    )
    {
        Assert.All(
            [.. NotProduction, "Production"],
            environment =>
                Assert.StartsWith(
                    "Infobip:BaseUrl ",
                    Assert.Single(Start(environment, With("BaseUrl", address)))
                )
        );
    }

    [Theory]
    [InlineData("xxxxx.api.infobip.com")]
    [InlineData(" xxxxx.api.infobip.com ")]
    [InlineData("xxxxx.api.infobip.com/")]
    public void Given_a_bare_host_as_the_portal_shows_it_Then_it_is_read_as_https(string address)
    {
        Assert.Empty(Start("Production", With("BaseUrl", address)));
    }

    [Theory]
    [InlineData("//api.infobip.com")]
    [InlineData("/2fa/2")]
    [InlineData("ftp://api.infobip.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://")]
    [InlineData("http://api.infobip.com")]
    [InlineData("http://xxxxx.api.infobip.com")]
    [InlineData("https://user@api.infobip.com")]
    [InlineData("https://user:password@api.infobip.com")]
    [InlineData("https://@api.infobip.com")]
    [InlineData("https://api.infobip.com?a=b")]
    [InlineData("https://api.infobip.com/?")]
    [InlineData("https://api.infobip.com#")]
    [InlineData("https://api.infobip.com/#a")]
    [InlineData("https://api.infobip.com/2fa/2")]
    [InlineData("https://api.infobip.com//")]
    [InlineData("https:\\\\api.infobip.com")]
    [InlineData("http://localhost/2fa")]
    [InlineData("http://user@localhost")]
    public void Given_more_or_less_than_scheme_and_host_When_the_site_starts_Then_it_is_refused(
        string address
    )
    {
        Assert.All(
            [.. NotProduction, "Production"],
            environment =>
                Assert.StartsWith(
                    "Infobip:BaseUrl ",
                    Assert.Single(Start(environment, With("BaseUrl", address)))
                )
        );
    }

    [Theory]
    [InlineData("http://localhost")]
    [InlineData("http://LOCALHOST:5099/")]
    [InlineData("https://localhost:5099")]
    [InlineData("http://127.0.0.1:5099")]
    [InlineData("http://127.255.255.254")]
    [InlineData("http://[::1]:5099")]
    public void Given_an_address_of_this_machine_When_the_site_starts_Then_only_Production_refuses_it(
        string address
    )
    {
        Assert.All(
            NotProduction,
            environment => Assert.Empty(Start(environment, With("BaseUrl", address)))
        );
        Assert.StartsWith(
            "Infobip:BaseUrl ",
            Assert.Single(Start("Production", With("BaseUrl", address)))
        );
    }

    [Theory]
    [InlineData("http://localhost.example.org")]
    [InlineData("http://localhost.")]
    [InlineData("http://128.0.0.1")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://[::]")]
    [InlineData("http://[::ffff:10.0.0.1]")]
    public void Given_a_host_that_only_looks_like_this_machine_When_the_site_starts_Then_http_is_refused(
        string address
    )
    {
        Assert.Single(Start("Development", With("BaseUrl", address)));
    }

    [Theory]
    [InlineData("https://localhost:5099", "localhost", true)]
    [InlineData("https://127.0.0.1:5099", "127.0.0.1", true)]
    [InlineData("https://[::1]:5099", "::1", true)]
    [InlineData("https://127.0.0.2", "127.0.0.1", false)]
    [InlineData("http://localhost:5099", "localhost", false)]
    [InlineData("https://proxy.example.org", "proxy.example.org", true)]
    [InlineData("https://a.example.org", "*.example.org", true)]
    [InlineData("https://a.b.example.org", "*.EXAMPLE.org", true)]
    [InlineData("https://example.org", "*.example.org", false)]
    [InlineData("https://badexample.org", "*.example.org", false)]
    [InlineData("http://proxy.example.org", "proxy.example.org", false)]
    public void Given_a_list_of_hosts_When_Production_starts_Then_https_to_one_of_them_is_taken(
        string address,
        string allowed,
        bool taken
    )
    {
        var settings = With("BaseUrl", address);
        settings["AllowedHosts:0"] = "other.example.net";
        settings["AllowedHosts:1"] = allowed;

        Assert.Equal(taken, Start("Production", settings).Count == 0);
    }

    [Fact]
    public void Given_a_list_of_hosts_When_the_site_starts_Then_it_stands_instead_of_the_usual_hosts()
    {
        var settings = With("BaseUrl", "https://api.infobip.com");
        settings["AllowedHosts:0"] = "example.org";

        Assert.Single(Start("Production", settings));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*.com")]
    [InlineData("*.")]
    [InlineData("**.example.org")]
    [InlineData("a.*.example.org")]
    [InlineData("*example.org")]
    [InlineData("example.org:443")]
    [InlineData("example.org/path")]
    [InlineData("https://example.org")]
    [InlineData(" ")]
    [InlineData("*.192.0.2.1")]
    public void Given_an_entry_that_is_no_host_When_the_site_starts_Then_the_entry_is_named(
        string entry
    )
    {
        var settings = With("AllowedHosts:0", "*.api.infobip.com");
        settings["AllowedHosts:1"] = entry;

        Assert.StartsWith("Infobip:AllowedHosts:1 ", Assert.Single(Start("Production", settings)));
    }

    [Theory]
    [InlineData("ApiKey", "a b")]
    [InlineData("ApiKey", "App key")]
    [InlineData("ApiKey", " key")]
    [InlineData("ApiKey", "key\r\nX-Injected: 1")]
    [InlineData("ApiKey", "key\n")]
    [InlineData("ApiKey", "key\t")]
    [InlineData("ApiKey", "key\0")]
    [InlineData("ApiKey", "key\u007f")]
    [InlineData("ApiKey", "key\u00a0")]
    [InlineData("ApiKey", "k\u00e9y")]
    [InlineData("ApiKey", "   ")]
    [InlineData("ApplicationId", "a\u0001")]
    [InlineData("ApplicationId", "a\r\n")]
    [InlineData("ApplicationId", " ")]
    [InlineData("MessageId", "a\u0085")]
    [InlineData("MessageId", "")]
    [InlineData("From", "a\n")]
    public void Given_a_text_that_no_such_setting_holds_When_the_site_starts_Then_it_is_named(
        string setting,
        string value
    )
    {
        Assert.StartsWith(
            $"Infobip:{setting} ",
            Assert.Single(Start("Production", With(setting, value)))
        );
    }

    [Theory]
    [InlineData("ApplicationId")]
    [InlineData("MessageId")]
    [InlineData("From")]
    public void Given_200_characters_When_the_site_starts_Then_they_are_taken_and_201_are_not(
        string setting
    )
    {
        Assert.Empty(Start("Production", With(setting, new string('a', 200))));
        Assert.Single(Start("Production", With(setting, new string('a', 201))));
    }

    [Theory]
    [InlineData("ConnectTimeout", "00:00:00.1", "00:00:10", "00:00:00.099", "00:00:10.001")]
    [InlineData("Timeout", "00:00:00.1", "00:00:30", "00:00:00.099", "00:00:30.001")]
    [InlineData("MaxResponseBytes", "1024", "1048576", "1023", "1048577")]
    public void Given_a_limit_When_the_site_starts_Then_its_range_is_kept_to_the_last_step(
        string setting,
        string least,
        string most,
        string tooLittle,
        string tooMuch
    )
    {
        Assert.Empty(Start("Production", With(setting, least)));
        Assert.Empty(Start("Production", With(setting, most)));
        Assert.Single(Start("Production", With(setting, tooLittle)));
        Assert.Single(Start("Production", With(setting, tooMuch)));
    }

    [Fact]
    public void Given_defaults_Then_they_are_the_documented_ones()
    {
        var options = new InfobipOptions();

        Assert.True(options.NumberLookup);
        Assert.Equal(TimeSpan.FromSeconds(3), options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), options.Timeout);
        Assert.Equal(65536, options.MaxResponseBytes);
        Assert.Equal(["api.infobip.com", "*.api.infobip.com"], InfobipOptions.DefaultAllowedHosts);
    }

    [Fact]
    public void Given_secrets_When_the_options_are_printed_Then_only_the_host_shows()
    {
        var options = new InfobipOptions
        {
            BaseUrl = "https://canary:canary@xxxxx.api.infobip.com/canary",
            ApiKey = "canary",
            ApplicationId = "canary",
        };

        Assert.Equal(
            "Infobip at xxxxx.api.infobip.com, key set, application set, template missing",
            options.ToString()
        );
        Assert.DoesNotContain(
            "canary",
            new InfobipOptions { BaseUrl = "canary:canary" }.ToString(),
            StringComparison.Ordinal
        );
    }

    private static Dictionary<string, string?> With(string setting, string? value) =>
        new(StringComparer.Ordinal)
        {
            ["BaseUrl"] = "https://xxxxx.api.infobip.com",
            ["ApiKey"] = "key",
            ["ApplicationId"] = "app",
            ["MessageId"] = "msg",
            [setting] = value,
        };

    /// <summary>What the start of the site would report; empty if it would start.</summary>
    private static List<string> Start(string environment, Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    settings.Select(s => KeyValuePair.Create($"Infobip:{s.Key}", s.Value))
                )
                .Build()
        );
        services.AddSingleton<IHostEnvironment>(new NamedEnvironment(environment));
        services.AddLogging();
        services.AddInfobip();
        using var provider = services.BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
