using System.Reflection;
using System.Text.RegularExpressions;
using Otp2fa.Web.Limits;
using Otp2fa.Web.Tests.Support;

namespace Otp2fa.Web.Tests.Rules;

/// <summary>docs/security.md and the tests say the same: what is covered, by which test, and by which setting (ASVS 6.1.1).</summary>
[Trait("Covers", "R01")]
public sealed partial class SecurityDocumentTests
{
    private const int Requirements = 46;
    private const int Threats = 30;
    private const int LimitRows = 19;

    [Fact]
    public void Every_row_is_there_once()
    {
        Assert.Equal(
            [
                .. Enumerable.Range(1, Requirements).Select(i => $"R{i:00}"),
                .. Enumerable.Range(1, Threats).Select(i => $"T{i:00}"),
                .. Enumerable.Range(1, LimitRows).Select(i => $"L{i}"),
            ],
            Rows().Select(row => row.Id)
        );
    }

    [Fact]
    public void The_tests_of_a_row_are_those_that_say_they_cover_it()
    {
        var covering = typeof(SecurityDocumentTests)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetCustomAttributesData()
                    .Where(data => data.AttributeType == typeof(TraitAttribute))
                    .Where(data => data.ConstructorArguments[0].Value is "Covers")
                    .Select(data => (Id: (string)data.ConstructorArguments[1].Value!, type.Name))
            )
            .ToLookup(pair => pair.Id, pair => pair.Name);

        Assert.All(
            Rows(),
            row =>
            {
                Assert.NotEmpty(row.Tests);
                Assert.Equal(
                    row.Tests.Order(StringComparer.Ordinal),
                    covering[row.Id].Order(StringComparer.Ordinal)
                );
            }
        );
        Assert.Empty(covering.Select(group => group.Key).Except(Rows().Select(row => row.Id)));
    }

    [Fact]
    public void A_test_class_that_is_named_has_tests()
    {
        var types = typeof(SecurityDocumentTests).Assembly.GetTypes();

        Assert.All(
            TestName().Matches(Document).Select(match => match.Groups["name"].Value).Distinct(),
            name =>
                Assert.Contains(
                    types.Single(type => type.Name == name).GetMethods(),
                    method => method.GetCustomAttributes<FactAttribute>(inherit: true).Any()
                )
        );
    }

    [Fact]
    public void Every_setting_of_the_limits_is_in_the_table_and_every_setting_there_is_one()
    {
        var named = SettingName()
            .Matches(Document)
            .Select(match => match.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var settings = typeof(LimitsOptions)
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.Name)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Empty(named.Except(settings));
        // What a price is, is no limit.
        Assert.Equal(
            ["OtherPrice", "Prices"],
            settings.Except(named).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_file_that_is_named_is_there()
    {
        Assert.All(
            FileName().Matches(Document).Select(match => match.Value),
            path =>
                Assert.True(
                    Path.Exists(Path.Combine(Repository.Root, "Otp2fa.Web", path))
                        || Path.Exists(Path.Combine(Repository.Root, path)),
                    path
                )
        );
    }

    private static string Document => Repository.Read("docs/security.md");

    private static IEnumerable<(string Id, IReadOnlyList<string> Tests)> Rows() =>
        Document
            .Split('\n')
            .Select(line => (line, match: RowId().Match(line)))
            .Where(one => one.match.Success)
            .Select(one =>
                (
                    one.match.Groups["id"].Value,
                    (IReadOnlyList<string>)
                        [
                            .. TestName()
                                .Matches(one.line)
                                .Select(match => match.Groups["name"].Value),
                        ]
                )
            );

    [GeneratedRegex(
        @"^\| (?<id>[RTL][0-9]+) \|",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex RowId();

    [GeneratedRegex(
        @"`(?<name>[A-Z][A-Za-z]+(Tests|Properties))`",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex TestName();

    [GeneratedRegex(
        @"`Limits:(?<name>[A-Za-z0-9]+)`",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex SettingName();

    [GeneratedRegex(
        @"\b(Accounts|Areas|Composition|Data|Infobip|Limits|Operations|Pages|TwoFactor)/[A-Za-z0-9_./]*[A-Za-z0-9_/]",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex FileName();
}
