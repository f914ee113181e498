using System.Reflection;
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
}
