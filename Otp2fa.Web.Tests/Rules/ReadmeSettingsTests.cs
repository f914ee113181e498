using System.Globalization;
using System.Reflection;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>Every setting is in the README's table (ASVS 6.1.1): one that is added without a line there is found here.</summary>
[Trait("Covers", "R01")]
public sealed class ReadmeSettingsTests
{
    public static TheoryData<string> Settings =>
        [
            .. typeof(Program)
                .Assembly.GetTypes()
                .Where(type =>
                    type.Name.EndsWith("Options", StringComparison.Ordinal)
                    || type.Name == "CookieSettings"
                )
                .SelectMany(type =>
                    type.GetField("Section", BindingFlags.Public | BindingFlags.Static)
                        is { } section
                        ? Names(type, (string)section.GetRawConstantValue()!)
                        : []
                ),
        ];

    private static IEnumerable<string> Names(Type type, string section) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(property =>
                property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal)
                    ? Names(property.PropertyType, $"{section}:{property.Name}")
                    : [$"{section}:{property.Name}"]
            );

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_has_its_place_in_the_readme(string setting)
    {
        Assert.Contains(
            Repository.Read("README.md").Split('\n'),
            line =>
                line.StartsWith("| `", StringComparison.Ordinal)
                && line.Contains($"`{setting}`", StringComparison.Ordinal)
        );
    }

    /// <summary>The defaults that the table gives for limits are those of the options (ASVS 6.1.1).</summary>
    [Fact]
    public void The_readme_gives_the_defaults_of_the_limits_as_they_are()
    {
        var options = new LimitsOptions();
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Repository.Read("README.md").Split('\n'))
        {
            if (!line.StartsWith("| `Limits:", StringComparison.Ordinal))
            {
                continue;
            }

            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            var names = cells[1].Split(", ").Select(name => name.Trim('`')).ToArray();
            var defaults = cells[2].Split(", ");
            Assert.True(names.Length == defaults.Length, line);
            foreach (var (name, value) in names.Zip(defaults))
            {
                told[name["Limits:".Length..]] =
                    value.Split(' ', ':')[0] == "none" ? "" : value.Split(' ')[0];
            }
        }

        Assert.All(
            typeof(LimitsOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property =>
                Assert.Equal(
                    property.GetValue(options) switch
                    {
                        System.Collections.IDictionary or null => "",
                        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
                        var other => other.ToString(),
                    },
                    told[property.Name]
                )
        );
    }
}
