using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Otp2fa.Web.Composition;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>Which place a setting is read from, and which place wins.</summary>
public sealed class ConfigurationOrderTests : IDisposable
{
    // In the development settings, and of no consequence to any site that other tests run meanwhile.
    private const string Key = "Simulator:MessageId";
    private const string Variable = "Simulator__MessageId";

    private readonly DirectoryInfo contentRoot = Directory.CreateTempSubdirectory("otp2fa-order-");

    public void Dispose() => contentRoot.Delete(recursive: true);

    [Fact]
    public void The_development_settings_beside_the_program_are_those_of_the_repository()
    {
        Assert.Equal(
            Repository.Read("appsettings.Development.json"),
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "appsettings.Development.json"))
        );
    }

    [Fact]
    public void Development_settings_beside_the_program_win_over_the_settings_of_the_content_root()
    {
        Write("appsettings.json", "of the content root");

        Assert.Equal(OfDevelopmentFile(), NewBuilder().Configuration[Key]);
    }

    [Fact]
    public void Development_settings_in_the_content_root_are_not_read()
    {
        File.WriteAllText(
            Path.Combine(contentRoot.FullName, "appsettings.Development.json"),
            """{ "Simulator": { "MessageId": "stray" }, "Stray": true }"""
        );

        var configuration = NewBuilder().Configuration;

        Assert.Equal(OfDevelopmentFile(), configuration[Key]);
        Assert.Null(configuration["Stray"]);
    }

    [Fact]
    public void User_secrets_win_over_the_development_settings()
    {
        Assert.Equal("secret", NewBuilder(secret: "secret").Configuration[Key]);
    }

    [Fact]
    public void An_environment_variable_wins_over_user_secrets()
    {
        Assert.Equal(
            "variable",
            WithVariable("variable", () => NewBuilder(secret: "secret").Configuration[Key])
        );
    }

    [Fact]
    public void The_command_line_wins_over_all()
    {
        Assert.Equal(
            "argument",
            WithVariable(
                "variable",
                () => NewBuilder(secret: "secret", $"{Key}=argument").Configuration[Key]
            )
        );
    }

    [Fact]
    public void The_places_stand_in_their_order()
    {
        List<string> places =
        [
            .. NewBuilder(secret: null, $"{Key}=argument")
                .Configuration.Sources.Select(PlaceOf)
                .OfType<string>(),
        ];

        // The host reads the command line for itself as well; of every place the last one counts.
        string[] expected =
        [
            "appsettings.json",
            "appsettings.Development.json",
            "secrets.json",
            "environment",
            "command line",
        ];
        Assert.Equal(
            expected,
            places.Where(expected.Contains).Distinct().OrderBy(places.LastIndexOf)
        );
        Assert.Single(places, place => place == "appsettings.Development.json");
    }

    [Fact]
    public void Settings_of_another_environment_are_read_from_the_content_root_as_ever()
    {
        Write("appsettings.Production.json", "of the content root");

        Assert.Equal("of the content root", ProductionBuilder().Configuration[Key]);
    }

    [Fact]
    public void Production_reads_no_development_settings()
    {
        Assert.Null(ProductionBuilder().Configuration[Key]);
    }

    private static string? PlaceOf(IConfigurationSource source) =>
        source switch
        {
            JsonConfigurationSource json => json.Path,
            EnvironmentVariablesConfigurationSource { Prefix: null or "" } => "environment",
            CommandLineConfigurationSource => "command line",
            _ => null,
        };

    private static string OfDevelopmentFile() =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(Repository.Root, "appsettings.Development.json"))
            .Build()[Key]
        ?? throw new InvalidOperationException($"The development settings do not set {Key}.");

    private WebApplicationBuilder NewBuilder(string? secret = null, params string[] arguments) =>
        Builder("Development", secret, arguments);

    private WebApplicationBuilder Builder(string environment, string? secret, string[] arguments)
    {
        var builder = BuiltSite.NewBuilder(environment, contentRoot.FullName, arguments);
        builder.AddOtp2fa();
        if (secret is not null)
        {
            // In the place of the user's own, which tests do not write.
            var sources = builder.Configuration.Sources;
            var index = sources
                .Select(PlaceOf)
                .ToList()
                .FindIndex(place => place == "secrets.json");
            sources[index] = new MemoryConfigurationSource
            {
                InitialData = [KeyValuePair.Create(Key, (string?)secret)],
            };
        }

        return builder;
    }

    private WebApplicationBuilder ProductionBuilder() => Builder("Production", secret: null, []);

    private void Write(string file, string value) =>
        File.WriteAllText(
            Path.Combine(contentRoot.FullName, file),
            $$"""{ "Simulator": { "MessageId": "{{value}}" } }"""
        );

    private static string? WithVariable(string value, Func<string?> read)
    {
        Environment.SetEnvironmentVariable(Variable, value);
        try
        {
            return read();
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }
    }
}
