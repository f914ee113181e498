using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Rules;

[Trait("Covers", "R36")]
public sealed partial class NoSecretsInRepositoryTests
{
    private const string DevelopmentKey = "simulator-key";

    [Fact]
    public void No_file_holds_what_looks_like_a_key_of_Infobip()
    {
        Assert.True(Repository.Files.Count > 100, "The repository was not found.");
        Assert.DoesNotContain(
            Repository.Files,
            file => KeyOfInfobip().IsMatch(Repository.Read(file))
        );
    }

    [Fact]
    public void No_file_holds_an_authorization_header_of_Infobip_with_a_key_in_it()
    {
        Assert.DoesNotContain(
            Repository.Files,
            file => Authorization().IsMatch(Repository.Read(file))
        );
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", "-01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF", "-01234567-89AB-CDEF-0123-456789ABCDEF")]
    public void A_key_of_Infobip_would_be_noticed(string first, string second)
    {
        Assert.Matches(KeyOfInfobip(), $"\"ApiKey\": \"{first}{second}\"");
        Assert.Matches(Authorization(), $"Authorization: App {first}");
    }

    [Fact]
    public void The_only_key_in_any_settings_file_is_the_simulators()
    {
        Assert.All(
            SettingsFiles().SelectMany(Values),
            pair =>
                Assert.True(
                    !SecretName().IsMatch(pair.Key) || pair.Value == DevelopmentKey,
                    $"{pair.Key} is set."
                )
        );
        Assert.Contains(
            SettingsFiles().SelectMany(Values),
            pair => pair is { Key: "Simulator:ApiKey", Value: DevelopmentKey }
        );
    }

    [Fact]
    public void No_settings_file_sets_anything_of_Infobip()
    {
        Assert.DoesNotContain(
            SettingsFiles().SelectMany(Values),
            pair => InfobipSetting().IsMatch(pair.Key)
        );
    }

    [Fact]
    public void No_database_of_a_developer_is_in_a_commit_by_mistake()
    {
        Assert.Contains("*.db", Repository.Read(".gitignore").Split('\n'));
    }

    private static string[] SettingsFiles()
    {
        string[] files =
        [
            .. Repository.Files.Where(file =>
                Path.GetFileName(file) is var name
                && (
                    name.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase)
                    || name is "launchSettings.json" or "secrets.json"
                )
            ),
        ];
        Assert.True(files.Length >= 3, "The settings files are not where they were.");
        return files;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Values(string file) =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Repository.Root, file))
            .Build()
            .AsEnumerable()
            .Where(pair => pair.Value is not null);

    // 32 hexadecimal digits and a GUID.
    [GeneratedRegex(
        "[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        RegexOptions.IgnoreCase,
        10_000
    )]
    private static partial Regex KeyOfInfobip();

    [GeneratedRegex("Authorization\\W{1,4}App [0-9a-z-]{16}", RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Authorization();

    [GeneratedRegex("key$|password|secret|connectionstrings", RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex SecretName();

    // As a section, and as an environment variable of a launch profile.
    [GeneratedRegex(
        "(^|:)infobip(:|__)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        10_000
    )]
    private static partial Regex InfobipSetting();
}
