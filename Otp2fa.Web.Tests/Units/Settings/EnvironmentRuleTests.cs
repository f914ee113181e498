using Microsoft.Extensions.DependencyInjection;
using Otp2fa.Web.Accounts;
using Otp2fa.Web.Composition;
using Otp2fa.Web.Data;
using Otp2fa.Web.Mail;
using Otp2fa.Web.TwoFactor;

namespace Otp2fa.Web.Tests.Units.Settings;

/// <summary>Settings that depend on where the site runs, and settings that are texts.</summary>
[Trait("Covers", "R42")]
public sealed class EnvironmentRuleTests
{
    private const string NoHashKey =
        "Security:HashKey is missing. Set it to the base64 of 32 random bytes, the same on every instance.";
    private const string WrongHashKey = "Security:HashKey is not the base64 of exactly 32 bytes.";
    private const string NoProvider =
        "Database:Provider is missing. Set it to SqlServer (or Sqlite for a site of one instance).";
    private const string NoConnection =
        "ConnectionStrings:Otp2fa is missing. Set the connection string of the database.";
    private const string NoSqlServer = "ConnectionStrings:Otp2fa is missing: SQL Server needs one.";
    private const string NoContact =
        "Support:Contact is missing. Say who helps a person that lost the phone, such as a mail address.";
    private const string WrongRegion =
        "Phone:DefaultRegion is not a two-letter region in capitals, such as GB. Leave it empty for none.";

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Staging", true)]
    [InlineData("Production", false)]
    public void Cookies_over_http_are_refused_in_Production(string environment, bool taken)
    {
        Assert.Equal(
            taken
                ? []
                : ["Cookies:AllowHttp is for development. Production needs https; remove it."],
            Validation.Of<CookieSettings>(environment, "Cookies:AllowHttp=true")
        );
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Staging", false)]
    [InlineData("Production", false)]
    public void Reserved_numbers_are_taken_in_Development_only(string environment, bool taken)
    {
        Assert.Equal(
            taken ? [] : ["Phone:AllowReservedNumbers is for development and tests. Remove it."],
            Validation.Of<PhoneOptions>(
                environment,
                "Phone:AllowReservedNumbers=true",
                "Phone:AllowedCountries:0=GB"
            )
        );
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(" ", true)]
    [InlineData("GB", true)]
    [InlineData("US", true)]
    [InlineData("gb", false)]
    [InlineData("UK", false)]
    [InlineData("GBR", false)]
    [InlineData("44", false)]
    [InlineData("ZZ", false)]
    [InlineData("001", false)]
    public void The_default_region_is_one_that_has_a_numbering_plan(string region, bool taken)
    {
        Assert.Equal(
            taken ? [] : [WrongRegion],
            Validation.Of<PhoneOptions>(
                "Production",
                $"Phone:DefaultRegion={region}",
                "Phone:AllowedCountries:0=GB"
            )
        );
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Staging", false)]
    [InlineData("Production", false)]
    public void Only_Development_sends_to_every_country(string environment, bool taken)
    {
        Assert.Equal(
            taken
                ? []
                :
                [
                    "Phone:AllowedCountries is empty. Name every country that codes are sent to, such as Phone:AllowedCountries:0=GB; each one more is one that messages can be pumped to.",
                ],
            Validation.Of<PhoneOptions>(environment)
        );
    }

    [Theory]
    [InlineData("GB", true)]
    [InlineData("AC", true)]
    [InlineData("gb", false)]
    [InlineData("UK", false)]
    [InlineData("001", false)]
    public void An_allowed_country_is_one_that_has_a_numbering_plan(string country, bool taken)
    {
        Assert.Equal(
            taken
                ? []
                :
                [
                    "Phone:AllowedCountries must hold two-letter regions in capitals only, such as Phone:AllowedCountries:0=GB.",
                ],
            Validation.Of<PhoneOptions>("Production", $"Phone:AllowedCountries:0={country}")
        );
    }

    [Fact]
    public void All_faults_of_the_phone_settings_are_said_at_once()
    {
        Assert.Equal(
            3,
            Validation
                .Of<PhoneOptions>(
                    "Production",
                    "Phone:DefaultRegion=UK",
                    "Phone:AllowReservedNumbers=true"
                )
                .Count
        );
    }

    [Theory]
    [InlineData("Development", null)]
    [InlineData("Staging", NoHashKey)]
    [InlineData("Production", NoHashKey)]
    public void Only_Development_does_without_a_hash_key(string environment, string? sentence)
    {
        foreach (var value in (string[])["", "   "])
        {
            Assert.Equal(
                sentence is null ? [] : [sentence],
                Validation.Of<SecurityOptions>(
                    environment,
                    $"Security:HashKey={value}",
                    "Security:UnencryptedKeyRing=true"
                )
            );
        }
    }

    [Theory]
    [InlineData("Development", null, null)]
    [InlineData("Staging", null, null)]
    [InlineData("Production", null, "Security:KeyRingCertificate is missing")]
    [InlineData("Production", "Security:UnencryptedKeyRing=true", null)]
    [InlineData(
        "Production",
        "Security:KeyRingCertificate=/nowhere/ring.pfx",
        "Security:KeyRingCertificate names a file that is not there"
    )]
    [InlineData(
        "Staging",
        "Security:FormerKeyRingCertificates:0=/nowhere/ring.pem",
        "Security:FormerKeyRingCertificates:0 names a file that is not there"
    )]
    [InlineData(
        "Development",
        "Security:FormerHashKey=short",
        "Security:FormerHashKey is not the base64 of exactly 32 bytes."
    )]
    public void Production_encrypts_its_key_ring_or_says_that_it_does_not(
        string environment,
        string? setting,
        string? sentence
    )
    {
        var failures = Validation.Of<SecurityOptions>(
            environment,
            $"Security:HashKey={Convert.ToBase64String(new byte[32])}",
            setting ?? "Unused=1"
        );

        Assert.Equal(sentence is null ? 0 : 1, failures.Count);
        Assert.StartsWith(
            sentence ?? "",
            failures.Count == 0 ? "" : failures[0],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(33, false)]
    [InlineData(64, false)]
    [InlineData(4096, false)]
    public void A_hash_key_has_exactly_32_bytes(int length, bool taken)
    {
        var key = Convert.ToBase64String(new byte[length]);

        foreach (var environment in (string[])["Development", "Production"])
        {
            Assert.Equal(
                taken ? [] : [WrongHashKey],
                Validation.Of<SecurityOptions>(
                    environment,
                    $"Security:HashKey={key}",
                    "Security:UnencryptedKeyRing=true"
                )
            );
        }
    }

    [Theory]
    [InlineData("not base64 at all")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_=")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public void A_hash_key_of_another_spelling_is_refused_without_repeating_it(string key)
    {
        Assert.Equal(
            [WrongHashKey],
            Validation.Of<SecurityOptions>("Development", $"Security:HashKey={key}")
        );
    }

    [Theory]
    [InlineData("Production", "", "", NoProvider, NoConnection)]
    [InlineData("Staging", "", "", NoProvider, NoConnection)]
    [InlineData("Production", "", "Data Source=a", NoProvider)]
    [InlineData("Production", "SqlServer", "", NoConnection)]
    [InlineData("Production", "Sqlite", " ", NoConnection)]
    [InlineData("Production", "Sqlite", "Data Source=a")]
    [InlineData("Production", "sqlserver", "Server=a")]
    [InlineData("Development", "", "")]
    [InlineData("Development", "Sqlite", "")]
    [InlineData("Development", "SqlServer", "", NoSqlServer)]
    [InlineData("Development", "SqlServer", "Server=a")]
    public void The_database_is_named_in_full_outside_Development(
        string environment,
        string provider,
        string connection,
        params string[] sentences
    )
    {
        Assert.Equal(
            sentences,
            Validation.Of<DatabaseOptions>(
                environment,
                $"Database:Provider={provider}",
                $"ConnectionStrings:Otp2fa={connection}"
            )
        );
    }

    [Theory]
    [InlineData("Development", "Mail:PickupFolder=mail")]
    [InlineData("Production", "Mail:Disabled=true", "Mail:BaseUrl=", "Mail:SenderAddress=")]
    [InlineData("Production", "Mail:Smtp:Host=mail.example.com")]
    [InlineData("Production", "Mail:Smtp:Host=127.0.0.1", "Mail:Smtp:Security=None")]
    [InlineData("Production", "Mail:Smtp:Host=localhost", "Mail:Smtp:Security=None")]
    [InlineData("Development", "Mail:Smtp:Host=mail.example.com", "Mail:PickupFolder=mail")]
    [InlineData("Development", "Mail:BaseUrl=http://localhost:5080", "Mail:PickupFolder=mail")]
    [InlineData(
        "Production",
        "Mail:Smtp:Host=mail.example.com",
        "Mail:Smtp:UserName=a",
        "Mail:Smtp:Password=b"
    )]
    public void Mail_with_a_server_or_switched_off_is_taken(
        string environment,
        params string[] settings
    )
    {
        Assert.Empty(Validation.Of<MailOptions>(environment, WithMail(settings)));
    }

    [Theory]
    [InlineData("Production", "Mail:Smtp:Host ")]
    [InlineData("Development", "Mail:Smtp:Host ")]
    [InlineData("Staging", "Mail:PickupFolder ", "Mail:PickupFolder=mail")]
    [InlineData("Production", "Mail:PickupFolder ", "Mail:PickupFolder=mail")]
    [InlineData("Production", "Mail:BaseUrl ", Server, "Mail:BaseUrl=")]
    [InlineData("Production", "Mail:BaseUrl ", Server, "Mail:BaseUrl=accounts.example.com")]
    [InlineData("Development", "Mail:BaseUrl ", Server, "Mail:BaseUrl=http://example.com")]
    [InlineData("Production", "Mail:BaseUrl ", Server, "Mail:BaseUrl=https://example.com/?a=b")]
    [InlineData("Production", "Mail:BaseUrl ", Server, "Mail:BaseUrl=https://a:b@example.com/")]
    [InlineData("Production", "Mail:SenderAddress ", Server, "Mail:SenderAddress=")]
    [InlineData("Production", "Mail:SenderAddress ", Server, "Mail:SenderAddress=Site <a@b.c>")]
    [InlineData("Production", "Mail:SenderName ", Server, "Mail:SenderName=")]
    [InlineData("Production", "Mail:Smtp:Port ", Server, "Mail:Smtp:Port=0")]
    [InlineData("Production", "Mail:Smtp:Port ", Server, "Mail:Smtp:Port=65536")]
    [InlineData("Development", "Mail:Smtp:Security ", Server, "Mail:Smtp:Security=None")]
    [InlineData("Production", "Mail:Smtp:Security ", Server, "Mail:Smtp:Security=7")]
    [InlineData("Production", "Mail:Smtp:UserName ", Server, "Mail:Smtp:UserName=a")]
    [InlineData("Production", "Mail:Smtp:UserName ", Server, "Mail:Smtp:Password=b")]
    public void Mail_that_could_not_be_sent_safely_stops_the_start(
        string environment,
        string named,
        params string[] settings
    )
    {
        var failure = Assert.Single(Validation.Of<MailOptions>(environment, WithMail(settings)));

        Assert.StartsWith(named, failure, StringComparison.Ordinal);
    }

    private const string Server = "Mail:Smtp:Host=mail.example.com";

    private static IEnumerable<string> WithMail(string[] settings) =>
        new[]
        {
            "Mail:BaseUrl=https://accounts.example.com",
            "Mail:SenderAddress=no-reply@example.com",
        }
            .Where(line => !settings.Any(own => own.Split('=')[0] == line.Split('=')[0]))
            .Concat(settings);

    [Theory]
    [InlineData("", NoContact)]
    [InlineData("   ", NoContact)]
    [InlineData("a")]
    public void Support_says_whom_to_ask(string contact, params string[] sentences)
    {
        foreach (var environment in (string[])["Development", "Production"])
        {
            Assert.Equal(
                sentences,
                Validation.Of<SupportOptions>(environment, $"Support:Contact={contact}")
            );
        }
    }

    [Fact]
    public void Support_not_set_at_all_is_missing()
    {
        Assert.Equal([NoContact], Validation.Of<SupportOptions>("Production"));
    }

    [Fact]
    public void Support_has_at_most_200_characters()
    {
        var longest = new string('a', 200);

        Assert.Empty(Validation.Of<SupportOptions>("Production", $"Support:Contact={longest}"));
        Assert.Equal(
            ["Support:Contact must be at most 200 characters."],
            Validation.Of<SupportOptions>("Production", $"Support:Contact={longest}a")
        );
    }

    [Theory]
    [InlineData("Forwarding:KnownProxies:0=10.0.0.7")]
    [InlineData("Forwarding:KnownProxies:0=fd00::7")]
    [InlineData("Forwarding:KnownNetworks:0=10.0.0.0/8")]
    [InlineData("Forwarding:KnownNetworks:0=fd00::/8")]
    [InlineData("Forwarding:KnownNetworks:0=10.0.0.7/32")]
    [InlineData("Forwarding:KnownNetworks:0=10.0.0.7/8")]
    public void Proxies_are_addresses_and_networks_have_a_length(string setting)
    {
        Assert.Empty(Validation.Of<ForwardingOptions>("Production", setting));
    }

    [Theory]
    [InlineData(
        "Forwarding:KnownProxies:0=proxy.example.org",
        "Forwarding:KnownProxies: 'proxy.example.org' is not an IP address."
    )]
    [InlineData(
        "Forwarding:KnownProxies:0=10.0.0.0/8",
        "Forwarding:KnownProxies: '10.0.0.0/8' is not an IP address."
    )]
    [InlineData("Forwarding:KnownProxies:0=", "Forwarding:KnownProxies: '' is not an IP address.")]
    [InlineData(
        "Forwarding:KnownNetworks:0=10.0.0.7",
        "Forwarding:KnownNetworks: '10.0.0.7' is not a network such as 10.0.0.0/8."
    )]
    [InlineData(
        "Forwarding:KnownNetworks:0=10.0.0.0/33",
        "Forwarding:KnownNetworks: '10.0.0.0/33' is not a network such as 10.0.0.0/8."
    )]
    public void What_is_no_proxy_is_named(string setting, string sentence)
    {
        Assert.Equal([sentence], Validation.Of<ForwardingOptions>("Production", setting));
    }

    [Fact]
    public void Every_wrong_proxy_is_named_at_once()
    {
        Assert.Equal(
            [
                "Forwarding:KnownProxies: 'a' is not an IP address.",
                "Forwarding:KnownProxies: 'b' is not an IP address.",
                "Forwarding:KnownNetworks: 'c' is not a network such as 10.0.0.0/8.",
            ],
            Validation.Of<ForwardingOptions>(
                "Production",
                "Forwarding:KnownProxies:0=a",
                "Forwarding:KnownProxies:1=b",
                "Forwarding:KnownNetworks:0=c"
            )
        );
    }
}
